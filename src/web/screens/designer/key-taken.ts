/**
 * Checks whether a new process or table may have this key; the server checks the same again
 * (`design/governance/new-key.ts`).
 */
import { keyObjection } from '../../../engine/model/definition-key.js';
import type { Output } from '../../api/shapes.js';

interface Taken {
  readonly says: string;
  /** Number of the draft that has the key. */
  readonly draft?: number;
}

export function keyTaken(
  key: string,
  definitions: readonly Output<'listDefinitions'>['items'][number][],
  drafts: readonly Output<'listDrafts'>['items'][number][],
): Taken | undefined {
  const objection = keyObjection(key);
  if (objection !== undefined) return { says: objection };
  const isSame = (one: { readonly key: string }): boolean => one.key.toLowerCase() === key.toLowerCase();
  const standing = definitions.find(isSame);
  if (standing) {
    const what = standing.kind === 'process' ? '流程' : '决策表';
    return {
      says: `${what}“${standing.name}”的标识就是 ${standing.key}。要改它，关掉这里，在清单里点“起草改动”；要另立一份，换一个标识`,
    };
  }
  const other = drafts.find((one) => isSame(one) && one.baseVersion === null && one.state !== 'withdrawn');
  if (!other) return undefined;
  return {
    says: `${other.authors.join('、')}正用这个标识新建“${other.title}”：一起改那一份，或者换一个标识`,
    draft: other.id,
  };
}

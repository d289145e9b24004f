/** Validates the bytes of a draft. */
import { createHash } from 'node:crypto';
import { asDmn13, isDecisionXml, parseDecision, parseDiagram, processIds } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';

export const sha256Of = (source: string): string => createHash('sha256').update(source, 'utf8').digest('hex');

/** The form in which it is stored: tables of other DMN versions become 1.3. */
export const stored = (source: string): string => (isDecisionXml(source) ? asDmn13(source) : source);

/**
 * A draft may be unfinished (the checks report that), but must belong to its own process or table.
 *
 * @param kind of the version it replaces; undefined for a first version
 * @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`, `draft.invalid`
 */
export async function assertSourceOf(
  { key, kind }: { readonly key: string; readonly kind: 'process' | 'decision' | undefined },
  source: string,
): Promise<void> {
  const isTable = isDecisionXml(source);
  if (kind !== undefined && isTable !== (kind === 'decision')) {
    const [is, was] = isTable ? ['决策表', '流程图'] : ['流程图', '决策表'];
    throw new Refusal('draft.invalid', `原文是${is}，草案改的“${key}”是${was}`, {
      where: 'source',
      remedy: `换成${was}的文件`,
    });
  }
  if (isTable) {
    const table = await parseDecision(source);
    if (table.key === key) return;
    throw new Refusal('draft.invalid', `文件里的决策是“${table.key}”，草案改的是“${key}”`, {
      where: 'source',
      remedy: `把文件里决策的标识改成 ${key}；要另立一张表的，另起一份草案`,
    });
  }
  const found = processIds(await parseDiagram(source));
  if (found.length === 1 && found[0] === key) return;
  throw new Refusal(
    'draft.invalid',
    `图中的流程是${found.map((id) => `“${id}”`).join('、')}，草案改的是“${key}”`,
    {
      where: 'source',
      remedy: '一份草案只改一个流程，流程的标识不能改',
    },
  );
}

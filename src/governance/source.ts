/** Validates the bytes of a draft. */
import { createHash } from 'node:crypto';
import { parseDiagram, processIds } from '../engine/index.js';
import { Refusal } from '../kernel/index.js';

export const sha256Of = (source: string): string => createHash('sha256').update(source, 'utf8').digest('hex');

/**
 * A draft may be unfinished (the checks report that), but must be a diagram of its own process.
 *
 * @throws {Refusal} `definition.not-bpmn`, `draft.invalid`
 */
export async function assertDiagramOf(key: string, source: string): Promise<void> {
  const found = processIds(await parseDiagram(source));
  if (found.length === 1 && found[0] === key) return;
  throw new Refusal(
    'draft.invalid',
    `图中的流程是${found.map((id) => `“${id}”`).join('、')},草案改的是“${key}”`,
    {
      where: 'source',
      remedy: '一份草案只改一个流程,流程的标识不能改',
    },
  );
}

/** Replaces the versions in force by drafts of the same processes and tables. */
import {
  assertDecidable,
  assertDeployable,
  definitionOf,
  isDecisionXml,
  parseDecision,
  parseDiagram,
  processIds,
} from '../../engine/index.js';
import { createHandlers } from '../../handlers/index.js';

/** @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`, `definition.unsupported` for a draft that could not run */
export async function withDrafts(
  inForce: readonly string[],
  drafts: readonly string[],
): Promise<readonly string[]> {
  const replaced = new Set<string>();
  const handlers = createHandlers();
  for (const draft of drafts) {
    if (isDecisionXml(draft)) {
      const table = await parseDecision(draft);
      assertDecidable(table);
      replaced.add(table.key);
      continue;
    }
    const diagram = await parseDiagram(draft);
    for (const processId of processIds(diagram)) {
      assertDeployable(definitionOf(diagram, { processId }), handlers);
      replaced.add(processId);
    }
  }
  const kept: string[] = [];
  for (const source of inForce) {
    const ids = await keysIn(source);
    if (!ids.some((id) => replaced.has(id))) kept.push(source);
  }
  return [...kept, ...drafts];
}

const keysIn = async (source: string): Promise<readonly string[]> =>
  isDecisionXml(source) ? [(await parseDecision(source)).key] : processIds(await parseDiagram(source));

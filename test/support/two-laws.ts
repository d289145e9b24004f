import { annotate, definitionOf, flowNodes, parseDiagram } from '../../src/engine/index.js';
import { applyEdits, catalogueOf, type Catalogue, type Edit } from '../../src/regulation/index.js';
import { shippedContents } from '../../src/regulation/shipped.js';
import { shippedDiagrams } from './shipped-diagrams.js';

/** The shipped law, and it with another limit to reply. */
export function twoLaws(workingDays: number): { readonly before: Catalogue; readonly after: Catalogue } {
  const [content] = shippedContents();
  const edits = ['J27', 'J28', 'J29', 'J30', 'J31'].map((norm): Edit => ({
    edit: 'norm',
    norm,
    set: { deadline: { workingDays } },
  }));
  const next = { inForceFrom: '2027-01-01', version: '2027', source: '示例' };
  return { before: catalogueOf(content), after: applyEdits(content, edits, next).catalogue };
}

/** The level that each timer of the shipped diagrams leads to. */
export async function shippedLevels(): Promise<(process: string, element: string) => string | undefined> {
  const levels = new Map<string, string>();
  for (const source of shippedDiagrams()) {
    const definition = definitionOf(await parseDiagram(source));
    for (const [timer, level] of levelsAfterTimers(definition))
      levels.set(`${definition.key} ${timer}`, level);
  }
  return (process, element) => levels.get(`${process} ${element}`);
}

function levelsAfterTimers(definition: ReturnType<typeof definitionOf>): Map<string, string> {
  const annotations = annotate(definition.diagram, definition.key);
  const nodes = flowNodes(definition);
  const found = new Map<string, string>();
  for (const [id, node] of nodes) {
    if (!node.eventDefinitions?.some(({ $type }) => $type === 'bpmn:TimerEventDefinition')) continue;
    const reached = new Set([id]);
    for (const one of reached) {
      const level = annotations.element(one)?.level;
      if (level) {
        found.set(id, level);
        break;
      }
      for (const { targetRef } of nodes.get(one)?.outgoing ?? [])
        if (targetRef?.id) reached.add(targetRef.id);
    }
  }
  return found;
}

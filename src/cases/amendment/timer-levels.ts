/** The level of escalation that each timer of the diagrams leads to. */
import { annotate, definitionOf, flowNodes, isDecisionXml, parseDiagram } from '../../engine/index.js';

/** @returns levels by process and element; undefined for a timer that leads to no level */
export async function timerLevels(
  sources: readonly string[],
): Promise<(process: string, element: string) => string | undefined> {
  const levels = new Map<string, string>();
  for (const source of sources.filter((one) => !isDecisionXml(one))) {
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

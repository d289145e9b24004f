/**
 * Replaces a pair of link events by a sequence flow, its meaning in the standard (10.5.5): the
 * library's own link catch starts with the process and waits until the throw is reached or
 * discarded.
 */
import type { ModdleElement } from './library.js';

/** No id of a diagram holds a colon. */
const prefix = 'link:';

export function isLinkFlow(id: string): boolean {
  return id.startsWith(prefix);
}

/** @param elements of one process or sub-process; a link does not leave it */
export function withLinksAsFlows(elements: readonly ModdleElement[]): readonly ModdleElement[] {
  const catches = new Map<string, ModdleElement>();
  for (const element of elements) {
    const name = linkName(element);
    if (name !== undefined && element.$type === 'bpmn:IntermediateCatchEvent') catches.set(name, element);
  }
  return elements.flatMap((element) => {
    const name = linkName(element);
    if (name === undefined) return [element];
    const { id = '' } = element;
    const target = element.$type === 'bpmn:IntermediateThrowEvent' ? catches.get(name) : undefined;
    const passed = { $type: 'bpmn:IntermediateThrowEvent', id };
    return target ? [passed, flow(id, element, target)] : [passed];
  });
}

function linkName({ eventDefinitions }: ModdleElement): string | undefined {
  const [definition] = (eventDefinitions ?? []) as readonly ModdleElement[];
  return definition?.$type === 'bpmn:LinkEventDefinition' ? (definition.name ?? '') : undefined;
}

/** References are not enumerable, as in moddle. */
function flow(id: string, sourceRef: ModdleElement, targetRef: ModdleElement): ModdleElement {
  const ends = { sourceRef: { value: sourceRef }, targetRef: { value: targetRef } };
  return Object.defineProperties({ $type: 'bpmn:SequenceFlow', id: `${prefix}${id}` }, ends);
}

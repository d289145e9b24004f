/** Finds the shortest path to an element by the drawing alone, ignoring answers and times. */
import type { BpmnElement, FlowNode, ParsedDiagram } from '../../../engine/model/index.js';
import { modelsOf, type ProcessModel } from '../subject.js';
import { beginKey, pathGraphOf } from './path-graph.js';

/**
 * From the start of the process to the element's entry. An element beside the case's path (an event
 * sub-process, a non-interrupting event) is entered from the element it runs beside.
 */
export function wayTo(model: ProcessModel, node: BpmnElement): readonly BpmnElement[] {
  const { starts } = pathGraphOf(model);
  const way = shortest(model, starts, node);
  if (way.length > 0) return way;
  const besides = model.elements.nodes.filter(isEntrance);
  const aside = shortest(model, besides.map(beginKey), node);
  const [entrance] = aside as readonly FlowNode[];
  if (!entrance) return [node];
  const host = entrance.attachedToRef ?? entrance.$parent?.$parent;
  const isInner = host !== undefined && host.$type !== 'bpmn:Process' && host !== node;
  const first = model.elements.nodes.find(({ id }) => id === starts[0]);
  return [...(isInner ? wayTo(model, host) : first ? [first] : []), ...aside];
}

/** Whether the element may begin without a token of the case's path. */
const isEntrance = ({ $type, $parent }: FlowNode): boolean =>
  $type === 'bpmn:BoundaryEvent' ||
  ($type === 'bpmn:StartEvent' && ($parent as FlowNode | undefined)?.triggeredByEvent === true);

function shortest(model: ProcessModel, starts: readonly string[], node: BpmnElement): readonly BpmnElement[] {
  const { points } = pathGraphOf(model);
  const from = new Map<string, string | undefined>(starts.map((key) => [key, undefined]));
  for (const key of from.keys()) {
    if (key === beginKey(node)) break;
    for (const { to } of points.get(key)?.steps ?? []) if (!from.has(to)) from.set(to, key);
  }
  const way: BpmnElement[] = [];
  if (!from.has(beginKey(node))) return way;
  for (let key: string | undefined = beginKey(node); key !== undefined; key = from.get(key)) {
    const passed = points.get(key)?.node;
    if (passed && way[0] !== passed) way.unshift(passed);
  }
  return way;
}

/** Ids of the elements on the shortest path; empty if the process has no such element. */
export function wayIn(diagram: ParsedDiagram, key: string, element: string): readonly string[] {
  const model = modelsOf(diagram).find((one) => one.key === key);
  const node = model?.elements.nodes.find(({ id }) => id === element);
  return model && node ? wayTo(model, node).flatMap(({ id }) => id ?? []) : [];
}

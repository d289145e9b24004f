/** Finds cycles in a drawing: paths on which a token returns. */
import type { Definition } from './definition.js';
import { isContainer, isFlowNode, isSequenceFlow, type BpmnElement, type FlowNode } from './bpmn-types.js';
import { isLink, linkName } from './lint-wiring.js';
import { label } from './walk.js';

/** A flow that is part of a cycle. */
interface Circle {
  /** Id of the process or sub-process that contains it. */
  readonly level: string;
  /** Nodes of one round, from the flow's source, in order. */
  readonly nodes: readonly FlowNode[];
}

export interface Circles {
  /** Cycles by flow id. */
  readonly flows: ReadonlyMap<string, Circle>;
  /** Elements that begin a level, with the level's id. Each run of the level enters at least one of them. */
  readonly heads: ReadonlyMap<string, string>;
}

const known = new WeakMap<Definition, Circles>();

/** Cycles of the process and of all processes it calls. */
export function circlesOf(definition: Definition): Circles {
  const found = known.get(definition);
  if (found) return found;
  const flows = new Map<string, Circle>();
  const heads = new Map<string, string>();
  const roots = new Set([definition, ...definition.called.values()].map(({ diagram }) => diagram.root));
  for (const root of roots) {
    for (const element of root.rootElements ?? []) if (isContainer(element)) findIn(element, flows, heads);
  }
  const circles = { flows, heads };
  known.set(definition, circles);
  return circles;
}

function findIn(level: FlowNode, flows: Map<string, Circle>, heads: Map<string, string>): void {
  const elements = level.flowElements ?? [];
  const nodes = elements.filter(isFlowNode);
  const drawn = elements.filter(isSequenceFlow);
  const ahead = new Map(nodes.map((node) => [node, besides(node, nodes)]));
  const entered = new Set<FlowNode>();
  for (const { sourceRef, targetRef } of drawn) {
    if (!sourceRef || !targetRef) continue;
    ahead.get(sourceRef)?.push(targetRef);
    entered.add(targetRef);
  }
  const id = level.id ?? '';
  for (const { id: flow = '', sourceRef, targetRef } of drawn) {
    const back = sourceRef && targetRef && wayFrom(targetRef, sourceRef, ahead);
    if (back) flows.set(flow, { level: id, nodes: [sourceRef, ...back.slice(0, -1)] });
  }
  for (const node of nodes) {
    if (begins(node) && !entered.has(node)) heads.set(node.id ?? '', id);
    if (isContainer(node)) findIn(node, flows, heads);
  }
}

/** Whether the element begins together with the level, not through an event in it. */
const begins = (node: FlowNode): boolean =>
  !node.attachedToRef && !isLink(node) && node.isForCompensation !== true && node.triggeredByEvent !== true;

/** Where a token continues without a flow: through boundary events, or through a link. */
function besides(node: FlowNode, level: readonly FlowNode[]): FlowNode[] {
  const name = isLink(node) ? linkName(node) : undefined;
  return level.filter(
    (other) =>
      other.attachedToRef === node ||
      (name !== undefined && other !== node && isLink(other) && linkName(other) === name),
  );
}

/** The shortest path, including both ends. */
function wayFrom(
  from: FlowNode,
  to: FlowNode,
  ahead: ReadonlyMap<FlowNode, readonly FlowNode[]>,
): readonly FlowNode[] | undefined {
  const before = new Map<FlowNode, FlowNode | undefined>([[from, undefined]]);
  for (const node of before.keys()) {
    if (node === to) break;
    for (const next of ahead.get(node) ?? []) if (!before.has(next)) before.set(next, node);
  }
  if (!before.has(to)) return undefined;
  const way: FlowNode[] = [];
  for (let node: FlowNode | undefined = to; node; node = before.get(node)) way.unshift(node);
  return way;
}

/** “甲”→“乙”→“甲” */
export function roundInWords(nodes: readonly BpmnElement[]): string {
  const named = nodes.filter(({ name }) => name !== undefined && name !== '');
  const [first, ...others] = named.length > 0 ? named : nodes;
  return first ? [first, ...others, first].map(label).join('→') : '';
}

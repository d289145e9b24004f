/**
 * One level of a process (the process, or a sub-process) as a Petri net: places are sequence flows and "activity at
 * work". Data are ignored: any flow a condition could choose may be chosen. A nested sub-process is one activity with a
 * net of its own.
 */
import {
  eventDefinitions,
  isActivity,
  isFlowNode,
  isLink,
  isSequenceFlow,
  linkName,
  type BpmnElement,
  type FlowNode,
  type SequenceFlow,
} from '../../../engine/model/index.js';

export type Place = number;

export interface Transition {
  readonly node: FlowNode;
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
  /** Ends the whole level: terminate, error. */
  readonly ends?: true;
  /** Inclusive join: waits for every token that can still reach one of its inputs. */
  readonly waitsForAll?: true;
}

export interface Net {
  readonly transitions: readonly Transition[];
  /** One initial marking for each way in which the level can begin. */
  readonly starts: readonly {
    readonly node: BpmnElement;
    readonly places: readonly Place[];
    /** Non-interrupting: the rest of the level continues. */
    readonly beside: boolean;
  }[];
  /** The element a token on the place waits for. */
  readonly ahead: ReadonlyMap<Place, FlowNode>;
}

/**
 * With more branches than this, an inclusive gateway is explored with each branch alone and with
 * all at once, not with every subset.
 */
const mostCombined = 6;

export function netOf(container: FlowNode | BpmnElement): Net {
  const elements = (container as FlowNode).flowElements ?? [];
  const nodes = elements.filter(isFlowNode).filter((node) => !isAside(node));
  const flows = elements.filter(isSequenceFlow);
  let places = 0;
  const numbered = <Key>() => {
    const known = new Map<Key, Place>();
    return (key: Key): Place => known.get(key) ?? (known.set(key, places), places++);
  };
  const onFlow = numbered<SequenceFlow>();
  const atWork = numbered<FlowNode>();
  const atStart = numbered<FlowNode>();
  const into = grouped(flows, ({ targetRef }) => targetRef);
  const outOf = grouped(flows, ({ sourceRef }) => sourceRef);
  const boundaries = grouped(
    nodes.filter(({ $type }) => $type === 'bpmn:BoundaryEvent'),
    ({ attachedToRef }) => attachedToRef,
  );
  const catches = new Map(nodes.filter(isCatchingLink).map((node) => [linkName(node), node]));
  const ahead = new Map<Place, FlowNode>();
  const transitions: Transition[] = [];
  const add = (transition: Transition): void => {
    transitions.push(transition);
    for (const place of transition.inputs) ahead.set(place, transition.node);
  };
  const outputsOf = (node: FlowNode): readonly Place[] => (outOf.get(node) ?? []).map(onFlow);

  const begun = nodes.some(({ $type }) => $type === 'bpmn:StartEvent');
  const first = new Set(begun ? [] : nodes.filter((node) => !into.has(node) && mayBegin(node)));
  for (const node of nodes) {
    const inputs = first.has(node) ? [atStart(node)] : (into.get(node) ?? []).map(onFlow);
    const outputs = outputsOf(node);
    const enters = (ways: readonly (readonly Place[])[], then: readonly (readonly Place[])[]): void => {
      for (const way of ways) for (const out of then) add({ node, inputs: way, outputs: out });
    };
    const one = inputs.map((place) => [place]);
    switch (node.$type) {
      case 'bpmn:StartEvent':
      case 'bpmn:BoundaryEvent':
        break;
      case 'bpmn:ParallelGateway':
        if (inputs.length > 0) add({ node, inputs, outputs });
        break;
      case 'bpmn:InclusiveGateway': {
        const ways = combinations(outputs);
        if (inputs.length > 1) for (const out of ways) add({ node, inputs, outputs: out, waitsForAll: true });
        else enters(one, ways);
        break;
      }
      case 'bpmn:ExclusiveGateway':
      case 'bpmn:EventBasedGateway':
        enters(one, outputs.length === 0 ? [[]] : outputs.map((place) => [place]));
        break;
      default: {
        if (endsLevel(node)) {
          for (const way of one) add({ node, inputs: way, outputs: [], ends: true });
          break;
        }
        const linked = isLink(node) ? catches.get(linkName(node)) : undefined;
        if (linked !== undefined && node.$type.includes('Throw')) {
          enters(one, [outputsOf(linked)]);
          break;
        }
        const interrupting = (boundaries.get(node) ?? []).filter(interrupts);
        const ways = isActivity(node) ? exitsOf(node, outOf.get(node) ?? [], onFlow) : [outputs];
        if (interrupting.length === 0) {
          enters(one, ways);
          break;
        }
        const working = atWork(node);
        enters(one, [[working]]);
        for (const out of ways) add({ node, inputs: [working], outputs: out });
        for (const boundary of interrupting) {
          add({ node: boundary, inputs: [working], outputs: outputsOf(boundary) });
        }
      }
    }
  }
  // Paths from non-interrupting boundary events run beside the rest.
  const starts: { node: BpmnElement; places: readonly Place[]; beside: boolean }[] = nodes
    .filter((node) => node.$type === 'bpmn:StartEvent' || isBeside(node))
    .map((node) => ({ node, places: outputsOf(node), beside: isBeside(node) }));
  if (first.size > 0) starts.push({ node: container, places: [...first].map(atStart), beside: false });
  return { transitions, starts, ahead };
}

const isBeside = (node: FlowNode): boolean => node.$type === 'bpmn:BoundaryEvent' && !interrupts(node);

/** Without a start event, all elements without incoming flow start (BPMN 2.0.2, 13.3.4). */
const mayBegin = (node: FlowNode): boolean => node.$type !== 'bpmn:BoundaryEvent' && !isCatchingLink(node);

/** Event sub-processes and compensation are not part of the enclosing flow. */
const isAside = (node: FlowNode): boolean =>
  node.triggeredByEvent === true ||
  node.isForCompensation === true ||
  eventDefinitions(node).some(
    ({ $type }) => $type === 'bpmn:CompensateEventDefinition' && node.$type === 'bpmn:BoundaryEvent',
  );

const isCatchingLink = (node: FlowNode): boolean => isLink(node) && node.$type.includes('Catch');

export const interrupts = (boundary: FlowNode): boolean => boundary.cancelActivity !== false;

const endsLevel = (node: FlowNode): boolean =>
  node.$type === 'bpmn:EndEvent' && /Terminate|Error/.test(eventDefinitions(node)[0]?.$type ?? '');

/** All unconditional flows of an activity are taken; of conditional ones those that hold, else the default. */
function exitsOf(
  node: FlowNode,
  flows: readonly SequenceFlow[],
  onFlow: (flow: SequenceFlow) => Place,
): readonly (readonly Place[])[] {
  const conditional = flows.filter((flow) => flow.conditionExpression !== undefined);
  const always = flows.filter((flow) => !conditional.includes(flow) && flow !== node.default).map(onFlow);
  if (conditional.length === 0) return [[...always, ...(node.default ? [onFlow(node.default)] : [])]];
  const some = combinations(conditional.map(onFlow)).map((chosen) => [...always, ...chosen]);
  return node.default ? [...some, [...always, onFlow(node.default)]] : some;
}

function combinations(places: readonly Place[]): readonly (readonly Place[])[] {
  if (places.length === 0) return [[]];
  if (places.length > mostCombined) return [...places.map((place) => [place]), places];
  const count = 2 ** places.length - 1;
  return Array.from({ length: count }, (_, index) =>
    places.filter((_place, position) => ((index + 1) >> position) % 2 === 1),
  );
}

export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

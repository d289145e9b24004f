/**
 * All paths of a case through a process, in one graph over all levels. An activity has two points, begun and done,
 * since only a completed one counts. Interruptions leave from "begun". Non-interrupting events are not on the case's
 * path.
 */
import {
  compensatorsOf,
  eventDefinitions,
  isActivity,
  isContainer,
  isFlowNode,
  isLink,
  linkName,
  duty,
  type BpmnElement,
  type FlowNode,
  type Process,
  type SequenceFlow,
} from '../../../engine/model/index.js';
import type { ProcessModel } from '../subject.js';
import { grouped, interrupts } from './net.js';

export interface Point {
  readonly key: string;
  readonly node: BpmnElement;
  /** The element is completed here. */
  readonly done: boolean;
  /** All successors are taken. */
  readonly forks: boolean;
  /** Continues when all inputs have arrived. */
  readonly joins: boolean;
  /** One flow is chosen by its condition. */
  readonly chooses: boolean;
  /** Terminates its level. */
  readonly aborts: boolean;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly to: string;
  readonly flow?: SequenceFlow;
}

export interface PathGraph {
  readonly points: ReadonlyMap<string, Point>;
  readonly end: string;
  /** Start events of the process, as points. */
  readonly starts: readonly string[];
  /** Points after completion of the element, including targets of interruptions. */
  after(node: FlowNode): readonly string[];
}

export const doneKey = (node: BpmnElement): string => `${node.id ?? ''}!`;
const skippedKey = (node: BpmnElement): string => `${node.id ?? ''}~`;
export const beginKey = (node: BpmnElement): string => node.id ?? '';

const kept = new WeakMap<Process, PathGraph>();

export function pathGraphOf(model: Pick<ProcessModel, 'process' | 'elements'>): PathGraph {
  const known = kept.get(model.process);
  if (known) return known;
  const ways = drawn(model);
  kept.set(model.process, ways);
  return ways;
}

function drawn({ process, elements }: Pick<ProcessModel, 'process' | 'elements'>): PathGraph {
  const points = new Map<string, Point>();
  const boundaries = grouped(
    elements.nodes.filter(({ $type }) => $type === 'bpmn:BoundaryEvent'),
    ({ attachedToRef }) => attachedToRef,
  );
  const outOf = grouped(elements.flows, ({ sourceRef }) => sourceRef);
  const children = grouped(elements.nodes, ({ $parent }) => $parent);
  const put = (key: string, node: BpmnElement, steps: readonly Step[], more: Partial<Point> = {}): void => {
    const plain = { done: false, forks: false, joins: false, chooses: false, aborts: false };
    points.set(key, { key, node, steps, ...plain, ...more });
  };
  const flowsOf = (node: FlowNode): readonly Step[] =>
    inOrder(node, outOf.get(node) ?? []).flatMap((flow) =>
      flow.targetRef ? [{ to: beginKey(flow.targetRef), flow }] : [],
    );
  const interruptions = (level: BpmnElement): readonly Step[] =>
    (children.get(level) ?? [])
      .filter(({ triggeredByEvent }) => triggeredByEvent === true)
      .flatMap((aside) => (children.get(aside) ?? []).filter(isStart))
      .filter(({ isInterrupting }) => isInterrupting !== false)
      .map((start) => ({ to: beginKey(start) }));
  const thrownInside = (host: FlowNode, boundary: FlowNode): readonly FlowNode[] =>
    descendants(host, children).filter((node) => throwsTo(node, boundary));

  const thrown = new Map<FlowNode, Step[]>();
  const catchersOf = (host: FlowNode): readonly Step[] => {
    const steps: Step[] = [];
    for (const boundary of (boundaries.get(host) ?? []).filter(interrupts)) {
      if (isCompensation(boundary)) continue;
      const step = { to: beginKey(boundary) };
      const throwers = isContainer(host) ? thrownInside(host, boundary) : [];
      for (const thrower of throwers) thrown.set(thrower, [...(thrown.get(thrower) ?? []), step]);
      if (throwers.length === 0) steps.push(step);
    }
    return steps;
  };
  const catching = new Map(
    elements.nodes
      .filter((node) => isLink(node) && node.$type.includes('Catch'))
      .map((node) => [linkName(node), node]),
  );

  const putActivity = (node: FlowNode): void => {
    const skip = mayBeSkipped(node) ? [{ to: skippedKey(node) }] : [];
    const inside = isContainer(node) ? entrances(node, children, outOf) : [{ to: doneKey(node) }];
    put(beginKey(node), node, [...inside, ...catchersOf(node), ...skip]);
    const flows = flowsOf(node);
    const conditional = flows.some(({ flow }) => flow?.conditionExpression !== undefined);
    // An element without outgoing flow ends the path like an end event.
    const next = flows.length > 0 ? flows : [{ to: doneKey(node.$parent ?? process) }];
    const leaving = { forks: flows.length > 1 && !conditional, chooses: conditional };
    put(doneKey(node), node, next, { done: true, ...leaving });
    if (skip.length > 0) put(skippedKey(node), node, next, leaving);
  };

  const events = elements.nodes.filter((node) => !node.$instanceOf('bpmn:Activity'));
  for (const node of elements.nodes) if (isActivity(node)) putActivity(node);
  for (const node of events) {
    const flows = flowsOf(node);
    const leave = [{ to: doneKey(node.$parent ?? process) }];
    const done = { done: true };
    const linked = isLink(node) ? catching.get(linkName(node)) : undefined;
    if (node.$type === 'bpmn:EndEvent') {
      const aborts = /Terminate|Error/.test(kindOf(node));
      put(beginKey(node), node, thrown.get(node) ?? leave, { ...done, aborts });
    } else if (linked !== undefined && node.$type.includes('Throw')) {
      put(beginKey(node), node, [{ to: beginKey(linked) }], done);
    } else {
      const branches = flows.length > 1;
      put(beginKey(node), node, flows.length > 0 ? flows : leave, {
        ...done,
        forks: branches && !/(Exclusive|EventBased|Inclusive)Gateway/.test(node.$type),
        joins: node.$type === 'bpmn:ParallelGateway',
        chooses: branches && node.$type === 'bpmn:ExclusiveGateway',
      });
    }
  }
  // An interruption of a level may occur as soon as the level has begun.
  for (const level of [process, ...elements.nodes.filter(isContainer)]) {
    const away = interruptions(level);
    if (away.length === 0) continue;
    for (const start of (children.get(level) ?? []).filter(isStart)) {
      const point = points.get(beginKey(start));
      if (!point) continue;
      const behind = `${beginKey(start)}+`;
      points.set(behind, { ...point, key: behind });
      put(beginKey(start), start, [{ to: behind }, ...away], { done: true });
    }
  }
  put(doneKey(process), process, []);
  return {
    points,
    end: doneKey(process),
    starts: (children.get(process) ?? []).filter(isStart).map(beginKey),
    after: (node) => {
      const away: Step[] = [];
      for (let level = node.$parent; level !== undefined; level = level.$parent) {
        away.push(...interruptions(level));
        if (isFlowNode(level)) {
          for (const boundary of (boundaries.get(level) ?? []).filter(interrupts)) {
            if (!isCompensation(boundary) && thrownInside(level, boundary).length === 0)
              away.push({ to: beginKey(boundary) });
          }
        }
      }
      return [isActivity(node) ? doneKey(node) : beginKey(node), ...away.map(({ to }) => to)];
    },
  };
}

/** In the engine's order of evaluation: the gateway's own list first, then as drawn. */
function inOrder(node: FlowNode, flows: readonly SequenceFlow[]): readonly SequenceFlow[] {
  const place = (flow: SequenceFlow): number => {
    const at = node.outgoing?.indexOf(flow) ?? -1;
    return at < 0 ? flows.length : at;
  };
  return [...flows].sort((a, b) => place(a) - place(b));
}

const isStart = ({ $type }: FlowNode): boolean => $type === 'bpmn:StartEvent';
const kindOf = (node: FlowNode): string => eventDefinitions(node)[0]?.$type ?? '';
const isCompensation = (node: FlowNode): boolean =>
  kindOf(node).includes('Compensate') || compensatorsOf(node).length > 0;

/** A multi-instance activity over an empty collection does nothing. */
function mayBeSkipped({ loopCharacteristics: loop }: FlowNode): boolean {
  return (
    loop !== undefined &&
    (loop.$type.includes('MultiInstance')
      ? duty(loop, 'collection') !== undefined || loop.loopDataInputRef !== undefined
      : loop.testBefore === true)
  );
}

function entrances(
  level: FlowNode,
  children: ReadonlyMap<BpmnElement | undefined, readonly FlowNode[]>,
  outOf: ReadonlyMap<FlowNode, readonly SequenceFlow[]>,
): readonly Step[] {
  const inside = children.get(level) ?? [];
  const starts = inside.filter(isStart);
  if (starts.length > 0) return starts.map((start) => ({ to: beginKey(start) }));
  const entered = new Set([...outOf.values()].flat().map(({ targetRef }) => targetRef));
  const first = inside.filter(
    (node) => !entered.has(node) && node.triggeredByEvent !== true && node.$type !== 'bpmn:BoundaryEvent',
  );
  return first.length > 0 ? first.map((node) => ({ to: beginKey(node) })) : [{ to: doneKey(level) }];
}

function descendants(
  level: FlowNode,
  children: ReadonlyMap<BpmnElement | undefined, readonly FlowNode[]>,
): readonly FlowNode[] {
  return (children.get(level) ?? []).flatMap((node) => [node, ...descendants(node, children)]);
}

/** Errors and escalations thrown by end events to the enclosing sub-process. */
function throwsTo(thrower: FlowNode, boundary: FlowNode): boolean {
  if (thrower.$type !== 'bpmn:EndEvent' || kindOf(thrower) !== kindOf(boundary)) return false;
  const [from, to] = [eventDefinitions(thrower)[0], eventDefinitions(boundary)[0]];
  if (kindOf(thrower) === 'bpmn:ErrorEventDefinition') {
    return to?.errorRef === undefined || to.errorRef.errorCode === from?.errorRef?.errorCode;
  }
  if (kindOf(thrower) === 'bpmn:EscalationEventDefinition') {
    return (
      to?.escalationRef === undefined ||
      to.escalationRef.escalationCode === from?.escalationRef?.escalationCode
    );
  }
  return false;
}

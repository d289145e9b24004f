/**
 * Where `bpmn-engine` 25.0.1 (`bpmn-elements` 17.3.0) departs from BPMN 2.0.2 behind our interface, and by which
 * elements it can be reached: a run that passes one is no evidence against a diagram. `docs/reference/engine-differences.md` says
 * the same with the standard's places.
 */
import type { EventDefinition, FlowNode } from '../../model/bpmn-types.js';

interface Passed {
  readonly node: FlowNode;
  /** How often one instance has entered the element. */
  readonly times: number;
  /** Most tokens that rested at the element at once, apart from repetitions. */
  readonly atOnce: number;
}

interface Defect {
  /** What the library does, in Chinese. */
  readonly what: string;
  /** Reports in the library's repositories; empty if we found none. */
  readonly issues: readonly string[];
  /** Whether a run that passed the element in this way may have triggered the defect. */
  readonly at: (passed: Passed) => boolean;
}

const triggersOf = ({ eventDefinitions = [] }: FlowNode): readonly string[] =>
  eventDefinitions.map(({ $type }: EventDefinition) => $type.replace(/^bpmn:(\w+)EventDefinition$/, '$1'));
const has = (node: FlowNode, trigger: string): boolean => triggersOf(node).includes(trigger);
const ways = ({ incoming = [] }: FlowNode): number => incoming.length;
const startsOf = ({ triggeredByEvent, flowElements = [] }: FlowNode): readonly FlowNode[] =>
  triggeredByEvent === true
    ? flowElements.filter((one): one is FlowNode => one.$type === 'bpmn:StartEvent')
    : [];

/** Where tokens rest that are no task of anybody's: how many at once is not counted. */
const waits: ReadonlySet<string> = new Set(
  ['SubProcess', 'CallActivity', 'IntermediateCatchEvent', 'ReceiveTask'].map((type) => `bpmn:${type}`),
);

export const libraryDefects = {
  'inclusive-never-joins': {
    what: '包容网关从不汇合：每到一个令牌就放行一次',
    issues: ['paed01/bpmn-elements#46', 'paed01/bpmn-engine#96'],
    at: ({ node }) => node.$type === 'bpmn:InclusiveGateway' && ways(node) > 1,
  },
  'one-token-per-element': {
    what: '同一环节同时只能有一个令牌，其余的在门外排队，看不见也办不了',
    issues: [],
    at: ({ node, times, atOnce }) =>
      atOnce > 1 ||
      (times > 1 &&
        (waits.has(node.$type) || startsOf(node).some(({ isInterrupting }) => isInterrupting === false))),
  },
  'ends-with-token-at-join': {
    what: '汇合处还压着令牌，流程却已算结束',
    issues: [],
    at: ({ node, times }) =>
      node.$type === 'bpmn:ParallelGateway' && ways(node) > 1 && times % ways(node) !== 0,
  },
  'message-caught-once': {
    what: '不中断的消息边界事件只接一次，之后的消息没人接',
    issues: [],
    at: ({ node, times }) => times > 1 && node.cancelActivity === false && has(node, 'Message'),
  },
  'compensation-not-awaited': {
    what: '补偿抛出后不等补偿办完就往下走，各补偿同时开始而不是倒序，指定一个也全部补偿',
    issues: [],
    at: ({ node }) => node.attachedToRef === undefined && has(node, 'Compensate'),
  },
  'error-end-ignored': {
    what: '没人接的错误结束事件不结束流程，也传不出被调用的流程',
    issues: [],
    at: ({ node }) => node.$type === 'bpmn:EndEvent' && has(node, 'Error'),
  },
  'error-caught-outside': {
    what: '里层和外层都接同一错误时，由外层接走',
    issues: [],
    at: ({ node }) => node.attachedToRef !== undefined && has(node, 'Error'),
  },
  'event-sub-process-never-interrupts': {
    what: '中断型事件子流程启动后，原流程照常进行',
    issues: [],
    at: ({ node }) => startsOf(node).some(({ isInterrupting }) => isInterrupting !== false),
  },
  'event-sub-process-triggers': {
    what: '以定时、条件、任务错误或者本流程自己的信号开始的事件子流程从不启动',
    issues: [],
    at: ({ node }) => startsOf(node).some((start) => !has(start, 'Message')),
  },
  'standard-loop-inverted': {
    what: '标准循环把“继续的条件”当作“结束的条件”',
    issues: [],
    at: ({ node }) => node.loopCharacteristics?.$type === 'bpmn:StandardLoopCharacteristics',
  },
  'collection-read-again': {
    what: '多实例进行中，所依的集合变空了，核对条件时重新读它，正在进行的各份作废',
    issues: [],
    at: ({ node }) =>
      node.loopCharacteristics?.$type === 'bpmn:MultiInstanceLoopCharacteristics' &&
      node.loopCharacteristics.loopCardinality === undefined,
  },
} as const satisfies Record<string, Defect>;

export type DefectId = keyof typeof libraryDefects;

/** Defects that a run may have triggered, by the elements that it passed. */
export const defectsAt = (passed: Iterable<Passed>): readonly DefectId[] => {
  const run = [...passed];
  return (Object.keys(libraryDefects) as DefectId[]).filter((id) => run.some(libraryDefects[id].at));
};

/**
 * Where the library `bpmn-engine` 25.0.1 (`bpmn-elements` 17.3.0) departs from BPMN 2.0.2: each with the traces in
 * `test/traces` that show it (they name it under `library`). `docs/engine-differences.md` tells the same tables.
 */
export interface Defect {
  /** What the library does, in Chinese as the document says it. */
  readonly what: string;
  /** The issues where it is reported; none where we found none. */
  readonly issues: readonly string[];
}

/** Those of the plain library that are not seen behind our interface, because the adapter puts something in their place. */
export const mendedDefects = {
  'join-counts-ways-not-taken': {
    what: '并行汇合把没走的路(排他分支未选、定时器未触发、返工循环)也当作到达,提前放行',
    issues: ['paed01/bpmn-engine#200', 'paed01/bpmn-engine#46'],
  },
  'link-given-up': {
    what: '两个链接抛出指向同一处时,没走的那个使链接捕获作废',
    issues: [],
  },
  'begun-given-up-at-end': {
    what: '几个环节同时开始而通向同一个结束事件时,一个到了结束,其余的就作废',
    issues: [],
  },
} as const satisfies Record<string, Defect>;

/** Those that are seen behind our interface, too. */
export const libraryDefects = {
  'inclusive-never-joins': {
    what: '包容网关从不汇合:每到一个令牌就放行一次',
    issues: ['paed01/bpmn-elements#46', 'paed01/bpmn-engine#96'],
  },
  'one-token-per-element': {
    what: '同一环节同时只能有一个令牌,其余的在门外排队,看不见也办不了',
    issues: [],
  },
  'ends-with-token-at-join': {
    what: '汇合处还压着令牌,流程却已算结束',
    issues: [],
  },
  'message-caught-once': {
    what: '不中断的消息边界事件只接一次,之后的消息没人接',
    issues: [],
  },
  'compensation-not-awaited': {
    what: '补偿抛出后不等补偿办完就往下走,各补偿同时开始而不是倒序,指定一个也全部补偿',
    issues: [],
  },
  'error-end-ignored': {
    what: '没人接的错误结束事件不结束流程,也传不出被调用的流程',
    issues: [],
  },
  'error-caught-outside': {
    what: '里层和外层都接同一错误时,由外层接走',
    issues: [],
  },
  'event-sub-process-never-interrupts': {
    what: '中断型事件子流程启动后,原流程照常进行',
    issues: [],
  },
  'event-sub-process-triggers': {
    what: '以定时、条件或任务错误开始的事件子流程从不启动',
    issues: [],
  },
  'standard-loop-inverted': {
    what: '标准循环把“继续的条件”当作“结束的条件”',
    issues: [],
  },
} as const satisfies Record<string, Defect>;

export type DefectId = keyof typeof libraryDefects;
export type MendedId = keyof typeof mendedDefects;

/**
 * A running instance during one step: tokens in a tree of scopes, read from the saved state and written back at the
 * end. Only objects created for this step are changed, so a failed step has changed nothing.
 */
import type { Json } from '../../../kernel/json.js';
import type { ServiceCall, StepEvent, TimerArm, Variables } from '../interface.js';
import type { Body, Node, Program } from './program.js';

/** A completed activity that can be compensated, with its completed activities: `3` or `[3, [5, 4]]`. */
export type LogEntry = number | readonly [number, readonly LogEntry[]];

export interface Token {
  readonly id: number;
  readonly scope: Scope;
  node: number;
  /** Increases with the moment at which it began to wait; the oldest is served first. */
  since: number;
  resting: boolean;
  /** True between entering and leaving its node; a cancellation ends such tokens. */
  arrived: boolean;
  gone: boolean;
  /** The flow it arrived by; -1 if none. */
  flow: number;
  /** Its number within its loop scope, from 0; -1 outside of loops. */
  readonly item: number;
  /** The scope running inside its activity. */
  child: Scope | null;
  /** For a token running a compensation activity: the token that waits for it at the throwing event. */
  readonly undoes: Token | null;
  /** For a token at a compensation event: the activities still to run, in order. */
  pending: readonly number[] | null;
  /** Variables of this run of its activity; null if it has none of its own. */
  locals: Variables | null;
  /** Activities of the ended inner scope that can still be compensated. */
  inherited: readonly LogEntry[];
}

/** Either a body of flow elements or the repetitions of one activity (`loop`). */
export interface Scope {
  readonly id: number;
  readonly program: Program;
  readonly body: Body | null;
  /** The token that hosts it; null for the process itself. */
  readonly host: Token | null;
  readonly tokens: Set<Token>;
  readonly loop: Repetition | null;
  /** True if an enclosing activity has variables of its own. */
  readonly isOwned: boolean;
  /** An interrupting event sub-process is running: no other may start. */
  closed: boolean;
  over: boolean;
  /** The terminate end event that ended it. */
  terminatedBy: string | null;
  log: LogEntry[];
}

export interface Repetition {
  /** For a standard loop the number started so far. */
  total: number;
  started: number;
  completed: number;
  readonly items: readonly Json[] | null;
  /** Outputs of completed repetitions, by number; null if none are collected. */
  readonly outputs: Map<number, Json> | null;
}

export interface Timer {
  readonly id: number;
  readonly node: number;
  /** Id of the token (events at or on activities) or of the scope (starts of event sub-processes). */
  readonly owner: number;
  readonly program: Program;
  readonly fired: number;
}

export type Move =
  /** Arrives at its node. */
  | { readonly kind: 'enter'; readonly token: Token }
  /** Its activity is completed. */
  | { readonly kind: 'finish'; readonly token: Token }
  /** The next compensation activity, if any. */
  | { readonly kind: 'undo'; readonly token: Token }
  /** Ends the scope if it is empty. */
  | { readonly kind: 'close'; readonly scope: Scope };

export interface Instance {
  readonly program: Program;
  readonly now: Date;
  variables: Variables;
  nextId: number;
  readonly root: Scope;
  readonly scopes: Set<Scope>;
  readonly timers: Map<number, Timer>;
  /** Non-interrupting conditions that are true now, as `owner:node`: they fire again after being false. */
  readonly truths: Set<string>;
  readonly moves: Move[];
  readonly events: StepEvent[];
  armed: TimerArm[];
  readonly disarmed: string[];
  readonly calls: { readonly call: ServiceCall; readonly token: Token }[];
  readonly assigned: { [name: string]: Json };
  ended: boolean;
}

export function nodeAt(scope: Scope, index: number): Node {
  const node = scope.program.nodes[index];
  if (!node) throw new RangeError(`no node ${index} in ${scope.program.key}`);
  return node;
}

export function nodeOf(token: Token): Node {
  return nodeAt(token.scope, token.node);
}

/** Whether the token is one of several that repeat an activity, not the one that hosts the activity as a whole. */
export function isRepetition(token: Token): boolean {
  return token.scope.loop !== null;
}

export function newScope(parts: {
  readonly id: number;
  readonly program: Program;
  readonly body: Body | null;
  readonly host: Token | null;
  readonly loop?: Repetition;
}): Scope {
  const { id, program, body, host, loop = null } = parts;
  return {
    id,
    program,
    body,
    host,
    loop,
    isOwned: host !== null && (host.locals !== null || host.scope.isOwned),
    tokens: new Set(),
    closed: false,
    over: false,
    terminatedBy: null,
    log: [],
  };
}

export function newToken(parts: {
  readonly id: number;
  readonly scope: Scope;
  readonly node: number;
  readonly item?: number;
  readonly undoes?: Token | null;
}): Token {
  const { id, scope, node, item = -1, undoes = null } = parts;
  const token: Token = {
    id,
    scope,
    node,
    since: 0,
    resting: false,
    arrived: false,
    gone: false,
    flow: -1,
    item,
    child: null,
    undoes,
    pending: null,
    locals: null,
    inherited: [],
  };
  scope.tokens.add(token);
  return token;
}

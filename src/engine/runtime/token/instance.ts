/**
 * A running instance while one step works on it: tokens in a tree of scopes, read from the saved state and written
 * back at the end. Only objects made for this step are changed, so a step that fails has changed nothing.
 */
import type { Json } from '../../../kernel/json.js';
import type { ServiceCall, StepEvent, TimerArm, Variables } from '../door.js';
import type { Body, Node, Program } from './program.js';

/** A completed activity that can be undone, with what was completed inside it: `3` or `[3, [5, 4]]`. */
export type LogEntry = number | readonly [number, readonly LogEntry[]];

export interface Token {
  readonly id: number;
  readonly scope: Scope;
  node: number;
  /** Grows with the moment at which it came to rest; the oldest is served first. */
  since: number;
  resting: boolean;
  /** It has entered its node and not left it: what cancelling it ends. */
  arrived: boolean;
  gone: boolean;
  /** The flow that it came by; -1 where it came by none. */
  flow: number;
  /** Its number within the loop scope that it lies in, from 0; -1 outside of loops. */
  readonly item: number;
  /** The scope that runs inside the activity where it rests. */
  child: Scope | null;
  /** For a token that runs a compensation activity: the token that waits for it at the throwing event. */
  readonly undoes: Token | null;
  /** For a token at a compensation event: the activities still to run, in order. */
  pending: readonly number[] | null;
  /** What the scope that ended inside it left to be compensated. */
  inherited: readonly LogEntry[];
}

/** Either a body of flow elements or the repetitions of one activity (`loop`). */
export interface Scope {
  readonly id: number;
  readonly program: Program;
  readonly body: Body | null;
  /** The token whose activity it is; null for the process itself. */
  readonly host: Token | null;
  readonly tokens: Set<Token>;
  readonly loop: Repetition | null;
  /** An interrupting event sub-process has taken over: no other may start. */
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
  /** Of the repetitions that are done, by number; null where none are collected. */
  readonly outputs: Map<number, Json> | null;
}

export interface Timer {
  readonly id: number;
  readonly node: number;
  /** The id of the token (events at or on activities) or of the scope (starts of event sub-processes). */
  readonly owner: number;
  readonly program: Program;
  readonly fired: number;
}

export type Move =
  /** Arrives at its node. */
  | { readonly kind: 'enter'; readonly token: Token }
  /** What it did at its activity is done. */
  | { readonly kind: 'finish'; readonly token: Token }
  /** The next compensation activity, if any. */
  | { readonly kind: 'undo'; readonly token: Token }
  /** Ends if nothing is left in it. */
  | { readonly kind: 'close'; readonly scope: Scope };

export interface Instance {
  readonly program: Program;
  readonly now: Date;
  variables: Variables;
  nextId: number;
  readonly root: Scope;
  readonly scopes: Set<Scope>;
  readonly timers: Map<number, Timer>;
  /** Conditions of non-interrupting events that are true now, as `owner:node`: they fire again after being false. */
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

/** One of several tokens that repeat an activity, not the one that holds the activity as a whole. */
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
    inherited: [],
  };
  scope.tokens.add(token);
  return token;
}

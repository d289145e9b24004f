/**
 * The one door of the engine: a pure function from (definition, state, stimulus, variables, now) to what
 * follows from it. No clock, no I/O, no randomness, no promise behind it: the same input gives the same output
 * on any machine and in the browser. Two runtimes stand behind it: `token` (ours) and `bpmn-engine` (the
 * library). Whoever calls it stores the answer; see `src/engine/execution`.
 */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { Definition } from '../model/definition.js';
import type { TimerSpec } from '../model/timer-spec.js';

export type { Definition, TimerSpec };

export type Variables = JsonObject;

/** What a runtime remembers of a running instance: JSON, compact, opaque to everyone else. */
export type State = Json;

export type RuntimeName = 'token' | 'bpmn-engine';

/** Names one token of one instance; from a counter, never used twice within the instance. */
type TokenId = string;
type TimerId = string;

export type Stimulus =
  /** Begin. `event` picks a start event by id; without it the none start event, else the only one there is. */
  | { readonly kind: 'start'; readonly event?: string }
  /** A task is done. Without `token` the oldest token waiting at the task is meant. */
  | { readonly kind: 'complete'; readonly task: string; readonly token?: TokenId }
  /** A timer fell due. `event` is the id of the event that carries it; without `timer` the oldest one armed. */
  | { readonly kind: 'timer'; readonly event: string; readonly timer?: TimerId }
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'signal'; readonly name: string }
  /** A handler answers a call with a BPMN error or an escalation instead of a result. */
  | { readonly kind: 'error'; readonly task: string; readonly token?: TokenId; readonly code: string }
  | { readonly kind: 'escalation'; readonly task: string; readonly token?: TokenId; readonly code: string }
  /**
   * Lets the timers of these events, on hosts that are active, be armed: those that are not run anew, those that are
   * keep their id. The answer tells each with its length. What instant each comes to is the caller's.
   */
  | { readonly kind: 'rearm'; readonly events: readonly string[] }
  /** End the instance from outside, whatever waits in it. */
  | { readonly kind: 'cancel' };

/** What happened, in order: the raw material of the trail. */
export type StepEvent =
  | { readonly kind: 'entered' | 'left' | 'cancelled'; readonly element: string; readonly token: TokenId }
  /** The token rests at a task or an intermediate catch event until a stimulus comes. */
  | {
      readonly kind: 'waiting';
      readonly element: string;
      readonly token: TokenId;
      /** Local variables of a multi-instance (its item, `loopCounter`), where there are any. */
      readonly locals?: Variables;
    }
  | { readonly kind: 'taken'; readonly flow: string }
  | {
      readonly kind: 'thrown';
      readonly what: 'message' | 'signal' | 'escalation' | 'error' | 'compensation';
      /** The message's, signal's, … name (its code for errors and escalations). */
      readonly name: string;
      readonly element: string;
      /** False where nothing inside the instance caught it (always false for messages). */
      readonly caught: boolean;
    }
  | {
      readonly kind: 'ended';
      readonly how: 'completed' | 'terminated' | 'cancelled' | 'error';
      readonly element?: string;
    };

export interface TimerArm {
  readonly timer: TimerId;
  /** The event that carries the timer. */
  readonly element: string;
  /** The activity it is attached to, for a boundary event. */
  readonly host?: string;
  readonly spec: TimerSpec;
  /** For cycles: how often it has fired before. */
  readonly fired: number;
}

/** A service, send or business rule task that wants its handler run; the result comes back as `complete`. */
export interface ServiceCall {
  readonly element: string;
  readonly token: TokenId;
  readonly handler?: string;
  readonly locals?: Variables;
}

export interface Waiting {
  readonly element: string;
  readonly token: TokenId;
}

export interface StepResult {
  /** Null once the instance has ended. */
  readonly state: State | null;
  readonly events: readonly StepEvent[];
  readonly timers: { readonly arm: readonly TimerArm[]; readonly disarm: readonly TimerId[] };
  readonly calls: readonly ServiceCall[];
  /**
   * Every token that rests at a task or an intermediate catch event, one entry a token; behind an event-based
   * gateway the catch events it offers (all with the gateway's token). Boundary events and event sub-process
   * starts are not listed. Sorted by element id, then token.
   */
  readonly waiting: readonly Waiting[];
  /** Variables that the process itself set (multi-instance output collections). */
  readonly assigned: Variables;
  readonly ended: boolean;
}

export interface Runtime {
  readonly name: RuntimeName;
  /**
   * Takes one stimulus. `variables` are the process variables with those of the stimulus already merged in.
   *
   * @throws {Refusal} `stimulus.not-waiting` (unknown or finished element, a stale form), `stimulus.ended`,
   * `flow.no-way-out` (no condition true, no default), `flow.endless`, `expression.invalid`. A refused stimulus
   * has changed nothing.
   */
  step(
    definition: Definition,
    state: State | null,
    stimulus: Stimulus,
    variables: Variables,
    now: Date,
  ): StepResult;
}

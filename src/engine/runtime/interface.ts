/**
 * The interface of the runtimes: a pure function from (definition, state, stimulus, variables, now) to the result. No
 * clock, no I/O, no randomness, no promises: the same input gives the same output on any machine and in browsers. Two
 * implementations: `token`, which runs the cases, and the library `bpmn-engine`, by which a draft's trial is checked. The caller stores the result; see
 * `src/engine/execution`.
 */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { TimerSpec } from '../../kernel/timer-spec.js';
import type { Definition } from '../model/definition.js';

export type { Definition };

export type Variables = JsonObject;

/** A running instance's state: compact JSON, opaque to everyone else. */
export type State = Json;

/** Identifies one token of one instance; from a counter, never reused within the instance. */
type TokenId = string;
type TimerId = string;

export type Stimulus =
  /** Start. `event` selects a start event by id; default: the none start event, else the only one. */
  | { readonly kind: 'start'; readonly event?: string }
  /** A task is completed. Default of `token`: the oldest one waiting at the task. */
  | {
      readonly kind: 'complete';
      readonly task: string;
      readonly token?: TokenId;
      readonly variables?: Variables;
    }
  /** A timer fell due. `event` is the id of its event; default of `timer`: the oldest one armed. */
  | { readonly kind: 'timer'; readonly event: string; readonly timer?: TimerId }
  | { readonly kind: 'message'; readonly name: string; readonly variables?: Variables }
  | { readonly kind: 'signal'; readonly name: string }
  /** A handler ends with a BPMN error or an escalation instead of a result. */
  | { readonly kind: 'error'; readonly task: string; readonly token?: TokenId; readonly code: string }
  | { readonly kind: 'escalation'; readonly task: string; readonly token?: TokenId; readonly code: string }
  /**
   * Re-arms the timers of these events on active hosts: timers not running start again, running ones keep their id. The
   * result lists each with its length; the caller computes the instants.
   */
  | { readonly kind: 'rearm'; readonly events: readonly string[] }
  /** The case's variables have changed: conditional events are evaluated. No events if none has become true. */
  | { readonly kind: 'settle' }
  /** People move a token that rests, with all that runs inside its activity ended, to another place of its scope. */
  | { readonly kind: 'move'; readonly token: TokenId; readonly to: string }
  /** People end a token that rests; the instance is cancelled if it was the last. */
  | { readonly kind: 'withdraw'; readonly token: TokenId }
  /** People correct a variable that the token's activity has for itself. */
  | { readonly kind: 'assign'; readonly token: TokenId; readonly name: string; readonly value: Json }
  /** Ends the instance from outside, whatever it waits for. */
  | { readonly kind: 'cancel' };

/** Events in order, for the trail. */
export type StepEvent =
  | {
      readonly kind: 'entered' | 'left' | 'cancelled';
      readonly element: string;
      readonly token: TokenId;
      /** Where an activity around it has variables of its own: all that are not the case's. */
      readonly locals?: Variables;
    }
  /** The token waits at a task or an intermediate catch event for a stimulus. */
  | {
      readonly kind: 'waiting';
      readonly element: string;
      readonly token: TokenId;
      /** Variables that are not the case's, if any: of activities around it, items of repetitions, `loopCounter`. */
      readonly locals?: Variables;
    }
  | { readonly kind: 'taken'; readonly flow: string }
  | {
      readonly kind: 'thrown';
      readonly what: 'message' | 'signal' | 'escalation' | 'error' | 'compensation';
      /** Name of the message, signal or other trigger (for errors and escalations the code). */
      readonly name: string;
      readonly element: string;
      /** False if nothing inside the instance caught it (always false for messages). */
      readonly caught: boolean;
    }
  | {
      readonly kind: 'ended';
      readonly how: 'completed' | 'terminated' | 'cancelled' | 'error';
      readonly element?: string;
    };

export interface TimerArm {
  readonly timer: TimerId;
  /** The timer's event. */
  readonly element: string;
  /** The activity it is attached to, for a boundary event. */
  readonly host?: string;
  readonly spec: TimerSpec;
  /** For cycles: how often it has fired before. */
  readonly fired: number;
}

/** A service, send or business rule task that calls its handler, or is decided by a table; the result returns as `complete`. */
export interface ServiceCall {
  readonly element: string;
  readonly token: TokenId;
  readonly handler?: string;
  /** Of a business rule task: the decision table in place of a handler. */
  readonly decision?: string;
  readonly locals?: Variables;
}

export interface Waiting {
  readonly element: string;
  readonly token: TokenId;
  /** As they are now, where an activity around it has variables of its own: all that are not the case's. */
  readonly locals?: Variables;
}

export interface StepResult {
  /** Null once the instance has ended. */
  readonly state: State | null;
  readonly events: readonly StepEvent[];
  readonly timers: { readonly arm: readonly TimerArm[]; readonly disarm: readonly TimerId[] };
  readonly calls: readonly ServiceCall[];
  /**
   * One entry per token waiting at a task or an intermediate catch event; behind an event-based gateway one per offered
   * catch event (all with the gateway's token). Boundary events and event sub-process starts are not listed. Sorted by
   * element id, then token.
   */
  readonly waiting: readonly Waiting[];
  /** What the case's variables are set to: by the stimulus, by outputs of activities, by collections of repetitions. */
  readonly assigned: Variables;
  readonly ended: boolean;
}

export interface Runtime {
  /**
   * Executes one stimulus. `variables` are the case's. What comes with the stimulus goes to the innermost activity around
   * that has a variable of its name, else to the case (`assigned`).
   *
   * @throws {Refusal} `stimulus.not-waiting` (unknown or finished element, an old form), `stimulus.ended`,
   * `flow.no-way-out` (no condition true, no default), `flow.endless`, `expression.invalid`. A refused stimulus has
   * changed nothing.
   */
  step(
    definition: Definition,
    state: State | null,
    stimulus: Stimulus,
    variables: Variables,
    now: Date,
  ): StepResult;
}

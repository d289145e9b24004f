/**
 * The interface of the runtimes: a pure function from (definition, state, stimulus, variables, now)
 * to the result. It has no clock, I/O, randomness or promises, so the same input gives the same
 * output on any machine and in browsers. Two implementations: `token`, which runs the cases, and
 * the library `bpmn-engine`, which checks a draft's trial. The caller stores the result; see
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
  /** Completes a task. Default of `token`: the oldest one waiting at the task. */
  | {
      readonly kind: 'complete';
      readonly task: string;
      readonly token?: TokenId;
      readonly variables?: Variables;
    }
  /** Fires a timer. `event` is the id of its event; default of `timer`: the oldest one armed. */
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
  /**
   * Moves a waiting token, decided by people, to another place of its scope. Everything that runs
   * inside its activity ends.
   */
  | { readonly kind: 'move'; readonly token: TokenId; readonly to: string }
  /** Ends a waiting token, decided by people; the instance is cancelled if it was the last. */
  | { readonly kind: 'withdraw'; readonly token: TokenId }
  /** Corrects a variable of the token's activity, decided by people. */
  | { readonly kind: 'assign'; readonly token: TokenId; readonly name: string; readonly value: Json }
  /** Ends the instance from outside, whatever it waits for. */
  | { readonly kind: 'cancel' };

/** Events in order, for the trail. */
export type StepEvent =
  | {
      readonly kind: 'entered' | 'left' | 'cancelled';
      readonly element: string;
      readonly token: TokenId;
      /** Set if an enclosing activity has variables of its own: all visible variables that are not the case's. */
      readonly locals?: Variables;
    }
  /** The token waits at a task or an intermediate catch event for a stimulus. */
  | {
      readonly kind: 'waiting';
      readonly element: string;
      readonly token: TokenId;
      /**
       * Visible variables that are not the case's, if any: those of enclosing activities, items of
       * repetitions, `loopCounter`.
       */
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
  /** Id of the timer's event. */
  readonly element: string;
  /** The activity it is attached to, for a boundary event. */
  readonly host?: string;
  readonly spec: TimerSpec;
  /** For cycles: how often it has fired before. */
  readonly fired: number;
}

/**
 * A service, send or business rule task that calls its handler or evaluates a table; the result
 * comes back as `complete`.
 */
export interface ServiceCall {
  readonly element: string;
  readonly token: TokenId;
  readonly handler?: string;
  /** For a business rule task: the decision table that replaces the handler. */
  readonly decision?: string;
  readonly locals?: Variables;
}

export interface Waiting {
  readonly element: string;
  readonly token: TokenId;
  /**
   * Set if an enclosing activity has variables of its own: the present values of all visible
   * variables that are not the case's.
   */
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
  /** New values of the case's variables: from the stimulus, outputs of activities, collections of repetitions. */
  readonly assigned: Variables;
  readonly ended: boolean;
}

export interface Runtime {
  /**
   * Executes one stimulus. `variables` are the case's. A variable that comes with the stimulus is
   * set in the innermost enclosing activity that has it, else in the case (`assigned`).
   *
   * @throws {Refusal} `stimulus.not-waiting` (unknown or finished element, an old form),
   * `stimulus.ended`, `flow.no-way-out` (no condition true, no default), `flow.endless`,
   * `expression.invalid`. A refused stimulus has changed nothing.
   */
  step(
    definition: Definition,
    state: State | null,
    stimulus: Stimulus,
    variables: Variables,
    now: Date,
  ): StepResult;
}

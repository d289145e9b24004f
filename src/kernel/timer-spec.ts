/**
 * A timer's duration, its adjustments, and the ports that answer for it: the calendar computes when
 * it runs out, `law/` knows the decisions.
 */
import type { JsonObject } from './json.js';

/** A timer as the diagram defines it, after FEEL evaluation. */
export interface TimerSpec {
  readonly kind: 'duration' | 'date' | 'cycle';
  /** ISO 8601: `P5D`, `2026-11-24T00:00:00+08:00`, `R3/PT1H`. */
  readonly text: string;
  /**
   * The kind of days of a duration: elapsed time by day and night, working days, or days and months of the law, which
   * end at 24:00 of the last day or, if it is off, of the next working day.
   */
  readonly unit: 'natural' | 'working-days' | 'calendar-days';
  /** Working days only: the end (24:00, default) or the start (00:00) of the day reached. */
  readonly edge: 'start' | 'end';
  /** The policy that sets the duration, if any; its value takes precedence over the text. */
  readonly policy?: string;
  /** Where the duration comes from, in words, if the case sets it. */
  readonly setBy?: string;
  /** The clock of the regulation whose limit is the duration; `underLaw` puts that limit in place of the text. */
  readonly limit?: string;
  /** A duration, in the unit of the law's limit, that applies if it ends earlier. */
  readonly stricter?: string;
  /**
   * Set if it is counted from another timer's instant instead of the start: a card before a limit,
   * a supervision after it.
   */
  readonly relative?: {
    readonly direction: 'before' | 'after';
    /** Id of the event that carries the other timer. */
    readonly of?: string;
    readonly to: TimerSpec;
  };
}

/** A length of time, or a date, that a law sets for a clock; with a policy, the text is left to it. */
export type Length = Pick<TimerSpec, 'text' | 'unit' | 'policy' | 'setBy' | 'relative'> &
  Partial<Pick<TimerSpec, 'kind'>>;

/** The clock that the timer, or the one that it is counted from, refers to. */
export const clockReferred = ({ limit, relative }: TimerSpec): string | undefined =>
  limit ?? (relative && clockReferred(relative.to));

/** The timer with the length of the clock that it refers to. */
export function underLaw(spec: TimerSpec, length: Length): TimerSpec {
  const { relative } = spec;
  if (spec.limit !== undefined) return { ...spec, ...length };
  return relative ? { ...spec, relative: { ...relative, to: underLaw(relative.to, length) } } : spec;
}

/** What happened to a running limit. Instants are ISO 8601. Timers counted from the limit follow it. */
export type Adjustment =
  | { readonly kind: 'restart'; readonly at: string }
  /** The law binding the case since then sets the length; the limit does not end before 24:00 of that day. */
  | { readonly kind: 'recount'; readonly at: string }
  /** Without `to` the limit is paused now. */
  | { readonly kind: 'pause'; readonly from: string; readonly to?: string; readonly reason: string }
  | { readonly kind: 'extend'; readonly at: string; readonly workingDays: number; readonly reason?: string };

/** Policy values in force at an instant. */
export interface PolicyValues {
  /** Identifies the set of values: 1 as shipped, incremented by every decision that takes effect. */
  readonly version: number;
  /** Undefined if there is no such policy. */
  value(key: string): string | undefined;
}

/** A case keeps the policies of its start, so past values never change. */
export interface Policies {
  at(instant: Date): PolicyValues;
}

/** What a deadline depends on besides its timer and the calendar. */
export interface Terms {
  readonly policies: PolicyValues;
  /** Adjustments in order, of the limit itself or of the limit that the timer is counted from. */
  readonly adjustments?: readonly Adjustment[];
}

interface Due {
  /** The end of a day is the next day's 00:00 (+08:00). */
  readonly at: Date;
  /**
   * The input of the computation, from which the calendar's `explain` derives the reasons. Stored
   * with the deadline and in the trail.
   */
  readonly derivation: JsonObject;
  /** True if it crosses days whose schedule is not published yet. */
  readonly provisional: boolean;
  /** True if the limit is paused: `at` is then an instant that never comes. */
  readonly paused?: boolean;
}

/** Computes the instant of a timer. */
export interface DueDates {
  /**
   * @param spec as in the diagram, with `policy` not yet looked up
   * @param from the start of the timer
   * @param terms of the case
   * @throws {Refusal} `timer.invalid` for a text that is no ISO 8601 duration, date or cycle
   */
  due(spec: TimerSpec, from: Date, terms: Terms): Due;
}

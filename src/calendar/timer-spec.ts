/**
 * What the calendar is asked for and what it answers. The engine declares the same shapes for itself: neither
 * knows the other, a type test holds the two together.
 */
import type { JsonObject } from '../kernel/json.js';

/** The length of a timer as the diagram writes it. */
export interface TimerSpec {
  readonly kind: 'duration' | 'date' | 'cycle';
  /** ISO 8601: `P5D`, `2026-11-24T00:00:00+08:00`, `R3/PT1H`. */
  readonly text: string;
  /** What a day of a duration is. */
  readonly unit: 'natural' | 'working-days';
  /** Working days only: the end (24:00) or the start (00:00) of the day reached. */
  readonly edge: 'start' | 'end';
  /** The policy that the length comes from, where it is one: its value wins over the text. */
  readonly policy?: string;
  /** Counted from another timer's instant instead of from the start. */
  readonly relative?: {
    readonly direction: 'before' | 'after';
    /** The event that carries the other timer. */
    readonly of?: string;
    readonly to: TimerSpec;
  };
}

/**
 * What has happened to a limit since it began to run. Instants are ISO 8601 texts. Timers counted from the limit
 * follow it.
 */
export type Adjustment =
  | { readonly kind: 'restart'; readonly at: string }
  /** Without `to` it stands still now. */
  | { readonly kind: 'pause'; readonly from: string; readonly to?: string; readonly reason: string }
  | {
      readonly kind: 'extend';
      readonly at: string;
      readonly workingDays: number;
      readonly reason?: string;
    };

export interface Due {
  readonly at: Date;
  readonly derivation: JsonObject;
  readonly provisional: boolean;
  /** The limit stands still: `at` is then an instant that never comes. */
  readonly paused?: boolean;
}

export interface DueDates {
  due(spec: TimerSpec, from: Date, terms: Terms): Due;
}

/** What a deadline depends on besides its timer and the calendar. */
export interface Terms {
  readonly policies: PolicyValues;
  /** In the order in which they happened to the limit, or to the limit that the timer is counted from. */
  readonly adjustments?: readonly Adjustment[];
}

/** The values in force of what the law leaves open. */
export interface PolicyValues {
  readonly version: number;
  value(key: string): string | undefined;
}

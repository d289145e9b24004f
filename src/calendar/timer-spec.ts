/** Questions to the calendar and its answers. The engine declares the same shapes; a type test compares the two. */
import type { JsonObject } from '../kernel/json.js';

/** The length of a timer as the diagram writes it. */
export interface TimerSpec {
  readonly kind: 'duration' | 'date' | 'cycle';
  /** ISO 8601: `P5D`, `2026-11-24T00:00:00+08:00`, `R3/PT1H`. */
  readonly text: string;
  readonly unit: 'natural' | 'working-days';
  /** Working days only: the end (24:00) or the start (00:00) of the day reached. */
  readonly edge: 'start' | 'end';
  /** The policy that sets the length, if any: its value takes precedence over the text. */
  readonly policy?: string;
  /** Where the length comes from, in words, if the case sets it. */
  readonly setBy?: string;
  /** Counted from another timer's instant instead of the start. */
  readonly relative?: {
    readonly direction: 'before' | 'after';
    /** Id of the event that carries the other timer. */
    readonly of?: string;
    readonly to: TimerSpec;
  };
}

/** What happened to a running limit. Instants are ISO 8601. Timers counted from the limit follow it. */
export type Adjustment =
  | { readonly kind: 'restart'; readonly at: string }
  /** Without `to` the limit is paused now. */
  | { readonly kind: 'pause'; readonly from: string; readonly to?: string; readonly reason: string }
  | {
      readonly kind: 'extend';
      readonly at: string;
      readonly workingDays: number;
      readonly reason?: string;
    };

interface Due {
  readonly at: Date;
  /** What it was counted from; `explain` makes the reasons of it. */
  readonly derivation: JsonObject;
  readonly provisional: boolean;
  /** The limit is paused: `at` is then an instant that never comes. */
  readonly paused?: boolean;
}

export interface DueDates {
  due(spec: TimerSpec, from: Date, terms: Terms): Due;
}

/** What a deadline depends on besides its timer and the calendar. */
export interface Terms {
  readonly policies: PolicyValues;
  /** In order, of the limit itself or of the limit the timer is counted from. */
  readonly adjustments?: readonly Adjustment[];
}

/** Policy values in force. */
export interface PolicyValues {
  readonly version: number;
  value(key: string): string | undefined;
}

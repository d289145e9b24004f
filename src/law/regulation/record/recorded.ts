/** A case that another system recorded, in the words of the regulation. */
import type { JsonObject } from '../../../kernel/index.js';
import type { DeedMeaning } from '../model/index.js';

/** A change to a running limit: to an instant, or by this many working days. */
export type Move = { readonly until: Date } | { readonly workingDays: number };

/** Length of a limit; days from a policy are working days. */
export type Length =
  Move | { readonly hours: number } | { readonly days: number } | { readonly policy: string };

/** One deed. */
export interface RecordedAct {
  /** Number from 1, in order. */
  readonly seq: number;
  readonly line: number;
  /** Name of the activity in the record. */
  readonly activity: string;
  readonly at: Date;
  readonly deed: DeedMeaning;
  readonly facts: JsonObject;
  readonly unit: string | null;
  readonly person: string | null;
  /** A role of the regulation; null if the record does not say. */
  readonly role: string | null;
  /** Which of several orders or requests it concerns. */
  readonly instance: number;
  /** Extensions by clock: how each moves the limit; null if the record names no day. */
  readonly moves: Readonly<Record<string, Move | null>>;
}

/** Start and end of a limit according to the record. */
export interface Claim {
  readonly clock: string;
  readonly start: Date | null;
  readonly due: Date | null;
  /** The first act whose line states it. */
  readonly act: RecordedAct;
}

export interface Recorded {
  readonly acts: readonly RecordedAct[];
  readonly claims: readonly Claim[];
  /** Until when the record is complete: a limit after this instant has not passed. */
  readonly asOf: Date;
  /**
   * Length of a limit that started with the act.
   *
   * @returns undefined if the regulation's number applies, if it gives one; null if no length is
   * known
   */
  length(clock: string, opened: RecordedAct): Length | null | undefined;
}

/** A deed, with those of its facts that the record can show. */
export interface Shown {
  readonly deed: string;
  readonly facts: readonly string[];
}

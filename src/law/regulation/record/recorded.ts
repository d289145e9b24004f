/** A case as another system recorded it, in the words of the regulation. */
import type { JsonObject } from '../../../kernel/index.js';
import type { DeedMeaning } from '../model/index.js';

/** What moves a limit that runs: to an instant, or so many working days on. */
export type Move = { readonly until: Date } | { readonly workingDays: number };

/** How long a limit is; a policy's days are working days. */
export type Length =
  Move | { readonly hours: number } | { readonly days: number } | { readonly policy: string };

/** One deed. */
export interface RecordedAct {
  /** From 1, in order. */
  readonly seq: number;
  readonly line: number;
  /** As the record calls it. */
  readonly activity: string;
  readonly at: Date;
  readonly deed: DeedMeaning;
  readonly facts: JsonObject;
  readonly unit: string | null;
  readonly person: string | null;
  /** A role of the regulation; null where the record does not say. */
  readonly role: string | null;
  /** Which order, request, of several. */
  readonly instance: number;
  /** Clock → how it moves the limit: an extension; null where the record says no day. */
  readonly moves: Readonly<Record<string, Move | null>>;
}

/** What the record took for start and end of a limit. */
export interface Claim {
  readonly clock: string;
  readonly start: Date | null;
  readonly due: Date | null;
  /** The first act whose line says so. */
  readonly act: RecordedAct;
}

export interface Recorded {
  readonly acts: readonly RecordedAct[];
  readonly claims: readonly Claim[];
  /** Until when the record is complete: a limit after it has not passed. */
  readonly asOf: Date;
  /**
   * How long a limit was that began with the act.
   *
   * @returns undefined where the number of the regulation counts, if it gives one; null where nothing says it
   */
  length(clock: string, opened: RecordedAct): Length | null | undefined;
}

/** A deed, and the facts of it, that the record can show. */
export interface Shown {
  readonly deed: string;
  readonly facts: readonly string[];
}

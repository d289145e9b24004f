/** What verification asks of the tables that are folded from the trail. */
import type { Transaction } from '../../platform/database/index.js';
import type { Entry } from '../events/read-entry.js';

/** A row that is not what the trail says. */
export interface Difference {
  /** As in the schema. */
  readonly table: string;
  /** Its key, in words. */
  readonly row: string;
  /** In Chinese: what is there, what should be. No personal data. */
  readonly detail: string;
  /** The entry since which it should be so; undefined if there is none. */
  readonly since?: { readonly stream: string; readonly seq: number };
  /** The chain whose rows were compared; undefined for rows of no chain. */
  readonly stream?: string;
}

/**
 * Folds the entries of each stream, in order, into what the rows should be; then compares. Of a stream with an entry
 * that cannot be read nothing is compared: that entry is a finding of its own. A projector is folded by `folded`; rows
 * that follow from a whole case, not from an entry, have a projection of their own.
 */
export interface Projection<Expected = unknown> {
  /** Tables that it covers, as in the schema. */
  readonly tables: readonly string[];
  /** Whether it stands on this stream. */
  reads(stream: string): boolean;
  /** The only stream that it stands on: compared also where there is none. */
  readonly stream?: string;
  /** Whether it needs entries of this type. */
  takes(type: string): boolean;
  begin(): Expected;
  /** Changes `expected`, or returns another. */
  add(expected: Expected, entry: Entry): Expected;
  /** @param ended streams all of whose entries have been read */
  compare(transaction: Transaction, ended: ReadonlyMap<string, Expected>): Promise<readonly Difference[]>;
  /** Rows for which there is no stream. */
  strays?(transaction: Transaction): Promise<readonly Difference[]>;
}

/** Keeps the type of what is folded to itself. */
export const projection = <Expected>(one: Projection<Expected>): Projection => one;

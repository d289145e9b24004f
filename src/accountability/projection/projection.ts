/** What verification needs to know about tables that are folded from the trail. */
import type { Transaction } from '../../platform/database/index.js';
import type { Entry } from '../events/read-entry.js';

/** A row that contradicts the trail. */
export interface Difference {
  /** The table's name in the schema. */
  readonly table: string;
  /** The row's key, in words. */
  readonly row: string;
  /** In Chinese: the stored and the expected value, without personal data. */
  readonly detail: string;
  /** The entry that made the expected value; undefined if there is none. */
  readonly since?: { readonly stream: string; readonly seq: number };
  /** The chain whose rows were compared; undefined for rows of no chain. */
  readonly stream?: string;
}

/**
 * Folds the entries of each stream, in order, into the expected rows, then compares. A stream with
 * an unreadable entry is not compared: that entry is a finding of its own. `folded` makes a
 * projection from a projector; rows that follow from a whole case rather than from an entry have a
 * projection of their own.
 */
export interface Projection<Expected = unknown> {
  /** Tables that the projection covers, by their names in the schema. */
  readonly tables: readonly string[];
  /** Whether the projection folds this stream. */
  reads(stream: string): boolean;
  /** The only stream that the projection folds; it is compared even if the stream does not exist. */
  readonly stream?: string;
  /** Whether the projection needs entries of this type. */
  takes(type: string): boolean;
  begin(): Expected;
  /** Changes `expected`, or returns a new value. */
  add(expected: Expected, entry: Entry): Expected;
  /** @param ended streams all of whose entries have been read */
  compare(transaction: Transaction, ended: ReadonlyMap<string, Expected>): Promise<readonly Difference[]>;
  /** Rows that belong to no existing stream. */
  strays?(transaction: Transaction): Promise<readonly Difference[]>;
}

/** Infers the type of the folded value. */
export const projection = <Expected>(one: Projection<Expected>): Projection => one;

/** Counts and deletes expired rows. Never touches the trail. */
import type { Transaction } from '../../../persistence/index.js';

/** A table, or part of it, with expiring rows. */
export interface ExpiringRows {
  readonly table: string;
  /** Columns that identify a row. */
  readonly key: string;
  /** Condition of expired rows; `$1` is the instant. */
  readonly due: string;
}

export async function countRows(
  transaction: Transaction,
  { table, due }: ExpiringRows,
  before: Date,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM ${table} AS r WHERE ${due}`,
    [before],
  );
  return row?.count ?? 0;
}

/** @returns number of deleted rows, at most `most` */
export async function deleteRows(
  transaction: Transaction,
  { table, key, due }: ExpiringRows,
  before: Date,
  most: number,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `WITH gone AS (
       DELETE FROM ${table} WHERE (${key}) IN (
         SELECT ${key} FROM ${table} AS r WHERE ${due} LIMIT $2)
       RETURNING 1)
     SELECT count(*) AS count FROM gone`,
    [before, most],
  );
  return row?.count ?? 0;
}

export interface EndedCase {
  readonly id: string;
  readonly no: string;
}

/** Data of a case beside its trail, expiring after its end. */
export interface CaseRows {
  /** Condition: the case `c` still has such data. */
  readonly present: string;
}

/** Ended cases that still have such data, longest ended first. */
export const endedCases = (
  transaction: Transaction,
  { present }: CaseRows,
  before: Date,
  most: number,
): Promise<readonly EndedCase[]> =>
  transaction.query<EndedCase>(
    `SELECT c.id::text, c.business_key AS no FROM process_case c
      WHERE c.ended_at < $1 AND ${present} ORDER BY c.ended_at LIMIT $2`,
    [before, most],
  );

export async function countEnded(
  transaction: Transaction,
  { present }: CaseRows,
  before: Date,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM process_case c WHERE c.ended_at < $1 AND ${present}`,
    [before],
  );
  return row?.count ?? 0;
}

/** @returns number of deleted texts */
export async function deleteTexts(transaction: Transaction, no: string): Promise<number> {
  const rows = await transaction.query('DELETE FROM sealed_value WHERE stream = $1 RETURNING 1', [no]);
  return rows.length;
}

/** The hash of the caller's progress code. */
export async function deleteCallerSecret(transaction: Transaction, no: string): Promise<void> {
  await transaction.query('DELETE FROM caller_secret WHERE work_order = $1', [no]);
}

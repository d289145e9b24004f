/** Rows that run out some time after they were written: each module says which of its own do, retention deletes them. */
import type { Transaction } from './transaction.js';

export interface ExpiringRows {
  readonly table: string;
  /** What identifies a row. */
  readonly key: string;
  /** SQL over the row `r`, true where it has run out; `$1` is the instant before which rows do. */
  readonly due: string;
}

export async function countExpired(
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

/** @returns how many were deleted, at most `most` */
export async function deleteExpired(
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

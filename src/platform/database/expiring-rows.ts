/** Rows that expire some time after they were written: declared by their module, deleted by retention. */
import type { Transaction } from './transaction.js';

export interface ExpiringRows {
  readonly table: string;
  /** The row's key. */
  readonly key: string;
  /** SQL condition on row `r`: expired; `$1` is the instant before which rows expire. */
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

/** @returns rows deleted, at most `most` */
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

/** Reads of callers' data: searchable rows, each naming the trail entry that proves it. */
import type { ExpiringRows, Transaction } from '../../platform/database/index.js';

export interface PersonalDataRead {
  /** The reader's stream of that day, and the entry's number in it. */
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  /** Log-in name. */
  readonly reader: string;
  readonly workOrder: string;
  readonly purpose: string;
  readonly fields: readonly string[];
}

export const expiringReads: ExpiringRows = {
  table: 'personal_data_read',
  key: 'stream, seq',
  due: 'r.at < $1',
};

export async function countReads(transaction: Transaction, reader: string, since: Date): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    'SELECT count(*) AS count FROM personal_data_read WHERE reader = $1 AND at > $2',
    [reader, since],
  );
  return row?.count ?? 0;
}

export interface ReadsQuery {
  readonly reader?: string | undefined;
  readonly workOrder?: string | undefined;
  /** From (inclusive), to (exclusive). */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Newest first. */
export async function listReads(
  transaction: Transaction,
  { reader, workOrder, from, to, limit, offset }: ReadsQuery,
): Promise<{ readonly total: number; readonly reads: readonly PersonalDataRead[] }> {
  const values: unknown[] = [];
  const clauses = ['true'];
  const ask = (value: unknown, clause: (parameter: string) => string): void => {
    if (value !== undefined) clauses.push(clause(`$${values.push(value)}`));
  };
  ask(reader, (its) => `reader = ${its}`);
  ask(workOrder, (its) => `work_order = ${its}`);
  ask(from, (its) => `at >= ${its}`);
  ask(to, (its) => `at < ${its}`);
  const where = clauses.join(' AND ');
  const [counted] = await transaction.query<{ total: number }>(
    `SELECT count(*) AS total FROM personal_data_read WHERE ${where}`,
    values,
  );
  const reads = await transaction.query<PersonalDataRead>(
    `SELECT stream, seq, at, reader, work_order AS "workOrder", purpose, fields
       FROM personal_data_read WHERE ${where}
      ORDER BY at DESC, stream, seq DESC LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    [...values, limit, offset],
  );
  return { total: counted?.total ?? 0, reads };
}

/** Streams that record reads since an instant. */
export async function streamsOfReads(transaction: Transaction, since: Date): Promise<readonly string[]> {
  const rows = await transaction.query<{ stream: string }>(
    'SELECT DISTINCT stream FROM personal_data_read WHERE at >= $1 ORDER BY stream',
    [since],
  );
  return rows.map(({ stream }) => stream);
}

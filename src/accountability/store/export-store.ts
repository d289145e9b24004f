/** Exports that are made in the background: who asked for them, how far they are, until when they are kept. */
import type { JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';

export type ExportState = 'waiting' | 'running' | 'ready' | 'failed' | 'expired';

export interface KeptFile {
  readonly name: string;
  readonly bytes: number;
}

export interface KeptExport {
  readonly id: number;
  /** What was asked for, as it was given to `addExport`. */
  readonly ordered: JsonObject;
  readonly orderedAt: Date;
  /** Entries to be written, and written by now. */
  readonly total: number;
  readonly done: number;
  readonly state: ExportState;
  readonly files: readonly KeptFile[];
  /** Why it did not come about, in Chinese. */
  readonly failure: string | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

const columns = `id, ordered, ordered_at AS "orderedAt", total, done, state, files, failure,
                 finished_at AS "finishedAt", expires_at AS "expiresAt"`;

export async function addExport(
  transaction: Transaction,
  asked: Pick<KeptExport, 'ordered' | 'orderedAt' | 'total'> & { readonly person: number },
): Promise<KeptExport> {
  const [row] = await transaction.query<KeptExport>(
    `INSERT INTO trail_export (person, ordered, ordered_at, total) VALUES ($1, $2, $3, $4)
     RETURNING ${columns}`,
    [asked.person, asked.ordered, asked.orderedAt, asked.total],
  );
  if (!row) throw new Error('the export was not added');
  return row;
}

/** Of one person, the latest first. */
export const exportsOf = (transaction: Transaction, person: number, limit: number): Promise<KeptExport[]> =>
  transaction.query<KeptExport>(
    `SELECT ${columns} FROM trail_export WHERE person = $1 ORDER BY id DESC LIMIT $2`,
    [person, limit],
  );

/** @param person whose it must be; anybody's without it */
export async function readExport(
  transaction: Transaction,
  id: number,
  person?: number,
): Promise<KeptExport | undefined> {
  const [row] = await transaction.query<KeptExport>(
    `SELECT ${columns} FROM trail_export WHERE id = $1 AND person = coalesce($2::integer, person)`,
    [id, person ?? null],
  );
  return row;
}

/** Those of a person that are still to be made, counted while no other can be added for them. */
export async function unfinishedExports(transaction: Transaction, person: number): Promise<number> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.exports ' || $1, 0))",
    [`${person}`],
  );
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM trail_export
      WHERE person = $1 AND state IN ('waiting', 'running')`,
    [person],
  );
  return row?.count ?? 0;
}

/** @returns false where it has been made, or given up, already */
export async function beginExport(transaction: Transaction, id: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE trail_export SET state = 'running', done = 0
      WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
    [id],
  );
  return rows.length > 0;
}

export async function noteProgress(transaction: Transaction, id: number, done: number): Promise<void> {
  await transaction.query('UPDATE trail_export SET done = least($2, total) WHERE id = $1', [id, done]);
}

export async function finishExport(
  transaction: Transaction,
  id: number,
  {
    files,
    at,
    expiresAt,
  }: { readonly files: readonly KeptFile[]; readonly at: Date; readonly expiresAt: Date },
): Promise<void> {
  await transaction.query(
    `UPDATE trail_export
        SET state = 'ready', done = total, files = $2, finished_at = $3, expires_at = $4 WHERE id = $1`,
    [id, JSON.stringify(files), at, expiresAt],
  );
}

export async function failExport(
  transaction: Transaction,
  id: number,
  failure: string,
  at: Date,
): Promise<void> {
  await transaction.query(
    `UPDATE trail_export SET state = 'failed', failure = $2, finished_at = $3 WHERE id = $1`,
    [id, failure, at],
  );
}

/** Those whose time has run out, and those that nobody has finished since `lost`. */
export async function expireExports(transaction: Transaction, now: Date, lost: Date): Promise<void> {
  await transaction.query(
    `UPDATE trail_export SET state = 'expired' WHERE state = 'ready' AND expires_at <= $1`,
    [now],
  );
  await transaction.query(
    `UPDATE trail_export SET state = 'failed', failure = '一天之内没有做完', finished_at = $1
      WHERE state IN ('waiting', 'running') AND ordered_at < $2`,
    [now, lost],
  );
}

/** Whose files are, or are being, made. */
export const keptExports = (
  transaction: Transaction,
): Promise<{ readonly id: number; readonly state: ExportState; readonly expiresAt: Date | null }[]> =>
  transaction.query(
    `SELECT id, state, expires_at AS "expiresAt" FROM trail_export
      WHERE state IN ('waiting', 'running', 'ready') ORDER BY id`,
  );

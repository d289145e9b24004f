/** Progress of the recomputation after a notice was loaded. */
import type { Transaction } from '../../platform/database/index.js';
import { parseCivilDate, type CivilDate } from '../../kernel/civil-date.js';

export interface RecomputationCounts {
  /** Deadlines whose instant changed. */
  readonly moved: number;
  /** Deadlines that only became, or ceased to be, provisional. */
  readonly settled: number;
  /** Timers that had fired too early and were revoked. */
  readonly revoked: number;
}

export interface Recomputation extends RecomputationCounts {
  readonly notice: number;
  readonly document: string;
  readonly loadedBy: string;
  readonly loadedAt: Date;
  /** First and last changed day; undefined if none changed. */
  readonly span: { readonly first: CivilDate; readonly last: CivilDate } | undefined;
  /** Cases are processed in order of id; this is the last one processed. */
  readonly doneUpTo: string;
  /** Cases to examine; undefined until counted. */
  readonly cases: number | undefined;
  readonly done: number;
  readonly finishedAt: Date | undefined;
}

interface Row extends RecomputationCounts {
  notice: number;
  document: string;
  loaded_by: string;
  loaded_at: Date;
  first_day: string | null;
  last_day: string | null;
  done_up_to: string;
  cases: number | null;
  done: number;
  finished_at: Date | null;
}

const columns = `r.notice, n.document, n.loaded_by, n.loaded_at, r.first_day::text AS first_day,
  r.last_day::text AS last_day, r.done_up_to::text AS done_up_to, r.cases, r.done, r.moved, r.settled, r.revoked,
  r.finished_at`;

export async function addRecomputation(
  transaction: Transaction,
  notice: number,
  span: Recomputation['span'],
): Promise<void> {
  await transaction.query(
    'INSERT INTO calendar_recomputation (notice, first_day, last_day) VALUES ($1, $2, $3)',
    [notice, span?.first ?? null, span?.last ?? null],
  );
}

/** @param lock locks the row until the transaction ends */
export async function findRecomputation(
  transaction: Transaction,
  notice: number,
  lock?: 'lock',
): Promise<Recomputation | undefined> {
  const [row] = await transaction.query<Row>(
    `SELECT ${columns} FROM calendar_recomputation r JOIN calendar_notice n ON n.id = r.notice
      WHERE r.notice = $1 ${lock ? 'FOR UPDATE OF r' : ''}`,
    [notice],
  );
  return row && recomputationOf(row);
}

export async function listRecomputations(transaction: Transaction): Promise<Recomputation[]> {
  const rows = await transaction.query<Row>(
    `SELECT ${columns} FROM calendar_recomputation r JOIN calendar_notice n ON n.id = r.notice`,
  );
  return rows.map(recomputationOf);
}

/** @param cases including those already done */
export async function setCases(transaction: Transaction, notice: number, cases: number): Promise<void> {
  await transaction.query('UPDATE calendar_recomputation SET cases = $2 WHERE notice = $1', [notice, cases]);
}

export async function addProgress(
  transaction: Transaction,
  notice: number,
  batch: RecomputationCounts & { readonly done: number; readonly doneUpTo: string },
): Promise<void> {
  await transaction.query(
    `UPDATE calendar_recomputation
        SET done_up_to = $2::bigint, done = done + $3, moved = moved + $4, settled = settled + $5,
            revoked = revoked + $6
      WHERE notice = $1`,
    [notice, batch.doneUpTo, batch.done, batch.moved, batch.settled, batch.revoked],
  );
}

/** @returns whether this call finished it */
export async function finishRecomputation(
  transaction: Transaction,
  notice: number,
  at: Date,
): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE calendar_recomputation SET finished_at = $2
      WHERE notice = $1 AND finished_at IS NULL RETURNING notice`,
    [notice, at],
  );
  return rows.length > 0;
}

function recomputationOf(row: Row): Recomputation {
  const { notice, document, done, moved, settled, revoked } = row;
  return {
    notice,
    document,
    loadedBy: row.loaded_by,
    loadedAt: row.loaded_at,
    span:
      row.first_day === null || row.last_day === null
        ? undefined
        : { first: parseCivilDate(row.first_day), last: parseCivilDate(row.last_day) },
    doneUpTo: row.done_up_to,
    cases: row.cases ?? undefined,
    done,
    moved,
    settled,
    revoked,
    finishedAt: row.finished_at ?? undefined,
  };
}

/** Background exports: who ordered them, progress, expiry. */
import type { JsonObject } from '../../kernel/index.js';
import {
  column,
  In,
  insert,
  LessThan,
  LessThanOrEqual,
  type Entity,
  type Transaction,
} from '../../platform/database/index.js';

type ExportState = 'waiting' | 'running' | 'ready' | 'failed' | 'expired';

export interface KeptFile {
  readonly name: string;
  readonly bytes: number;
}

export interface KeptExport {
  readonly id: number;
  /** The order, as passed to `addExport`. */
  readonly ordered: JsonObject;
  readonly orderedAt: Date;
  /** Number of entries to write, and of those written so far. */
  readonly total: number;
  readonly done: number;
  readonly state: ExportState;
  readonly files: readonly KeptFile[];
  /** Reason of failure, in Chinese. */
  readonly failure: string | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

export const exportEntity: Entity<KeptExport & { readonly person: number }> = {
  name: 'trail_export',
  columns: {
    id: column.id,
    ...column.each(column.integer, 'person', 'total'),
    ordered: column.jsonb,
    orderedAt: column.instant,
    done: column.defaulted(column.integer, 0),
    state: column.defaulted(column.text, 'waiting'),
    files: column.defaulted(column.jsonb, []),
    failure: column.nullable.text,
    ...column.each(column.nullable.instant, 'finishedAt', 'expiresAt'),
  },
};

const unfinished = In<ExportState>(['waiting', 'running']);

export const addExport = (
  transaction: Transaction,
  asked: Pick<KeptExport, 'ordered' | 'orderedAt' | 'total'> & { readonly person: number },
): Promise<KeptExport> =>
  insert(transaction, exportEntity, { ...asked, failure: null, finishedAt: null, expiresAt: null });

/** A person's exports, newest first. */
export const exportsOf = (transaction: Transaction, person: number, limit: number): Promise<KeptExport[]> =>
  transaction.repository(exportEntity).find({ where: { person }, order: { id: 'DESC' }, take: limit });

/** @param person its owner; default: anybody's */
export const readExport = (
  transaction: Transaction,
  id: number,
  person?: number,
): Promise<KeptExport | null> =>
  transaction.repository(exportEntity).findOneBy({ id, ...(person === undefined ? {} : { person }) });

/** Number of a person's unfinished exports; holds a lock, so that nobody adds another meanwhile. */
export async function unfinishedExports(transaction: Transaction, person: number): Promise<number> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.exports ' || $1, 0))",
    [`${person}`],
  );
  return transaction.repository(exportEntity).countBy({ person, state: unfinished });
}

/** @returns false if already finished or failed */
export async function beginExport(transaction: Transaction, id: number): Promise<boolean> {
  const { affected } = await transaction
    .repository(exportEntity)
    .update({ id, state: unfinished }, { state: 'running', done: 0 });
  return affected === 1;
}

export async function noteProgress(transaction: Transaction, id: number, done: number): Promise<void> {
  await transaction.query('UPDATE trail_export SET done = least($2, total) WHERE id = $1', [id, done]);
}

export async function finishExport(
  transaction: Transaction,
  id: number,
  made: { readonly files: readonly KeptFile[]; readonly at: Date; readonly expiresAt: Date },
): Promise<void> {
  const { files, at: finishedAt, expiresAt } = made;
  await transaction
    .repository(exportEntity)
    .update(id, { state: 'ready', done: () => 'total', files, finishedAt, expiresAt });
}

export async function failExport(
  transaction: Transaction,
  id: number,
  failure: string,
  finishedAt: Date,
): Promise<void> {
  await transaction.repository(exportEntity).update(id, { state: 'failed', failure, finishedAt });
}

/** Exports that have expired, and those that have been unfinished since `lost`. */
export async function expireExports(transaction: Transaction, now: Date, lost: Date): Promise<void> {
  const exports = transaction.repository(exportEntity);
  await exports.update({ state: 'ready', expiresAt: LessThanOrEqual(now) }, { state: 'expired' });
  await exports.update(
    { state: unfinished, orderedAt: LessThan(lost) },
    { state: 'failed', failure: '一天之内没有做完', finishedAt: now },
  );
}

/** Exports that have, or will have, files. */
export const keptExports = (
  transaction: Transaction,
): Promise<Pick<KeptExport, 'id' | 'state' | 'expiresAt'>[]> =>
  transaction
    .repository(exportEntity)
    .find({ where: { state: In(['waiting', 'running', 'ready']) }, order: { id: 'ASC' } });

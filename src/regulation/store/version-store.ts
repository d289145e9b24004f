/** Recorded versions of the regulation; append-only. */
import { column, insertIfAbsent, type Entity, type Transaction } from '../../persistence/index.js';

export interface RecordedVersion {
  readonly id: number;
  readonly regulation: string;
  readonly version: string;
  /** Name of the content's file in audit bundles and in the trail entry that proves it. */
  readonly file: string;
  /** Of the content, hex. */
  readonly sha256: string;
  /** First day in force, first day no longer in force: `YYYY-MM-DD` in Asia/Shanghai. */
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Known since. */
  readonly recordedAt: Date;
}

export const versionEntity: Entity<RecordedVersion & { readonly content?: Buffer }> = {
  name: 'regulation_version',
  columns: {
    id: column.id,
    ...column.each(column.text, 'regulation', 'version', 'file', 'sha256'),
    content: { ...column.bytes, select: false },
    validFrom: column.day,
    validTo: column.nullable.day,
    recordedAt: column.instant,
  },
};

/** In order of recording. */
export const recordedVersions = (transaction: Transaction): Promise<RecordedVersion[]> =>
  transaction.repository(versionEntity).find({ order: { id: 'ASC' } });

export async function contentOfVersion(transaction: Transaction, id: number): Promise<Buffer> {
  const row = await transaction
    .repository(versionEntity)
    .findOne({ where: { id }, select: { id: true, content: true } });
  if (!row?.content) throw new Error(`no version ${id} of the regulation is recorded`);
  return row.content;
}

/** @returns undefined if another program recorded it first */
export const addVersion = (
  transaction: Transaction,
  version: Omit<RecordedVersion, 'id'>,
  content: Buffer,
): Promise<RecordedVersion | undefined> =>
  insertIfAbsent(transaction, versionEntity, { ...version, content });

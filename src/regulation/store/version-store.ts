/** Recorded versions of the regulation; append-only. */
import type { Transaction } from '../../persistence/index.js';

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

const columns = `id, regulation, version, file, sha256, valid_from::text AS "validFrom", valid_to::text AS "validTo",
  recorded_at AS "recordedAt"`;

/** In order of recording. */
export async function recordedVersions(transaction: Transaction): Promise<RecordedVersion[]> {
  return transaction.query<RecordedVersion>(`SELECT ${columns} FROM regulation_version ORDER BY id`);
}

export async function contentOfVersion(transaction: Transaction, id: number): Promise<Buffer> {
  const [row] = await transaction.query<{ content: Buffer }>(
    'SELECT content FROM regulation_version WHERE id = $1',
    [id],
  );
  if (!row) throw new Error(`no version ${id} of the regulation is recorded`);
  return row.content;
}

/** @returns false if another program recorded it first */
export async function addVersion(
  transaction: Transaction,
  version: Omit<RecordedVersion, 'id'>,
  content: Buffer,
): Promise<boolean> {
  const { regulation, version: name, file, sha256, validFrom, validTo, recordedAt } = version;
  const added = await transaction.query(
    `INSERT INTO regulation_version
       (regulation, version, file, sha256, content, valid_from, valid_to, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (file) DO NOTHING RETURNING id`,
    [regulation, name, file, sha256, content, validFrom, validTo, recordedAt],
  );
  return added.length > 0;
}

import type { Transaction } from '../../platform/database/index.js';

export interface ReadingMark {
  readonly uidValidity: number;
  readonly lastUid: number;
  readonly readAt: Date;
}

export async function readingOf(transaction: Transaction, source: number): Promise<ReadingMark | undefined> {
  const [row] = await transaction.query<ReadingMark>(
    `SELECT uid_validity AS "uidValidity", last_uid AS "lastUid", read_at AS "readAt"
       FROM channel_mailbox WHERE source = $1`,
    [source],
  );
  return row;
}

export async function noteReading(
  transaction: Transaction,
  source: number,
  { uidValidity, lastUid, readAt }: ReadingMark,
): Promise<void> {
  await transaction.query(
    `INSERT INTO channel_mailbox (source, uid_validity, last_uid, read_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (source) DO UPDATE SET uid_validity = $2, last_uid = $3, read_at = $4`,
    [source, uidValidity, lastUid, readAt],
  );
}

import type { Transaction } from '../../persistence/index.js';

export interface Checkpoint {
  /** Leaves of the tree. */
  readonly size: number;
  /** The signed note, as C2SP writes it. */
  readonly note: string;
  readonly vkey: string;
  readonly signedAt: Date;
}

/** @param most the largest size that will do; whichever is latest without it */
export async function latestCheckpoint(
  transaction: Transaction,
  most?: number,
): Promise<Checkpoint | undefined> {
  const [row] = await transaction.query<Checkpoint>(
    `SELECT size, note, vkey, signed_at AS "signedAt" FROM hotline.trail_checkpoint
      WHERE size <= coalesce($1::bigint, 9223372036854775807) ORDER BY size DESC LIMIT 1`,
    [most ?? null],
  );
  return row;
}

export async function saveCheckpoint(
  transaction: Transaction,
  { size, note, vkey, signedAt }: Checkpoint,
): Promise<void> {
  await transaction.query(
    'INSERT INTO hotline.trail_checkpoint (size, note, vkey, signed_at) VALUES ($1, $2, $3, $4)',
    [size, note, vkey, signedAt],
  );
}

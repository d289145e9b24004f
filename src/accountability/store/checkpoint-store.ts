import type { Transaction } from '../../persistence/index.js';

export interface Checkpoint {
  /** Leaves of the tree. */
  readonly size: number;
  /** The signed note, as C2SP writes it. */
  readonly note: string;
  readonly vkey: string;
  readonly signedAt: Date;
}

export async function latestCheckpoint(transaction: Transaction): Promise<Checkpoint | undefined> {
  const [row] = await transaction.query<Checkpoint>(
    'SELECT size, note, vkey, signed_at AS "signedAt" FROM hotline.trail_checkpoint ORDER BY size DESC LIMIT 1',
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

import type { Transaction } from '../../platform/database/index.js';

export interface Checkpoint {
  /** Leaves of the tree. */
  readonly size: number;
  /** The signed note, in C2SP notation. */
  readonly note: string;
  readonly vkey: string;
  readonly signedAt: Date;
}

/** Checkpoints of the tree, or of the second tree. */
export type CheckpointTable = 'trail_checkpoint' | 'trail_sm_checkpoint';

/** @param most largest size; default: no limit */
export async function latestCheckpoint(
  transaction: Transaction,
  most?: number,
  table: CheckpointTable = 'trail_checkpoint',
): Promise<Checkpoint | undefined> {
  const [row] = await transaction.query<Checkpoint>(
    `SELECT size, note, vkey, signed_at AS "signedAt" FROM ${table}
      WHERE size <= coalesce($1::bigint, 9223372036854775807) ORDER BY size DESC LIMIT 1`,
    [most ?? null],
  );
  return row;
}

export async function saveCheckpoint(
  transaction: Transaction,
  { size, note, vkey, signedAt }: Checkpoint,
  table: CheckpointTable,
): Promise<void> {
  await transaction.query(`INSERT INTO ${table} (size, note, vkey, signed_at) VALUES ($1, $2, $3, $4)`, [
    size,
    note,
    vkey,
    signedAt,
  ]);
}

/** Public keys that have signed the tree. */
export async function checkpointKeys(transaction: Transaction): Promise<readonly string[]> {
  const rows = await transaction.query<{ vkey: string }>('SELECT DISTINCT vkey FROM trail_checkpoint');
  return rows.map(({ vkey }) => vkey);
}

/** The last checkpoints above a size, the largest first. */
export const checkpointsAbove = (
  transaction: Transaction,
  size: number,
  most: number,
): Promise<readonly Pick<Checkpoint, 'size' | 'note'>[]> =>
  transaction.query('SELECT size, note FROM trail_checkpoint WHERE size > $1 ORDER BY size DESC LIMIT $2', [
    size,
    most,
  ]);

import type { Transaction } from '../../platform/database/index.js';
import type { Cosignature } from '../witness/cosignature.js';

/** Size of the last checkpoint that the witness co-signed; 0 for none. */
export async function lastCosigned(transaction: Transaction, witness: string): Promise<number> {
  const [row] = await transaction.query<{ size: number }>(
    'SELECT coalesce(max(size), 0) AS size FROM trail_cosignature WHERE witness = $1',
    [witness],
  );
  return row?.size ?? 0;
}

export async function saveCosignature(
  transaction: Transaction,
  size: number,
  { witness, line, cosignedAt }: Cosignature,
): Promise<void> {
  await transaction.query(
    `INSERT INTO trail_cosignature (size, witness, line, cosigned_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (size, witness) DO NOTHING`,
    [size, witness, line, cosignedAt],
  );
}

export interface Witnessed {
  readonly size: number;
  /** The note with all its co-signatures. */
  readonly note: string;
  readonly witnesses: readonly string[];
  /** Public key of the log. */
  readonly vkey: string;
  readonly cosignedAt: Date;
}

/** The checkpoint of a size with its co-signatures. */
export async function witnessed(transaction: Transaction, size: number): Promise<Witnessed | undefined> {
  const [row] = await transaction.query<Witnessed>(
    `${witnessedSql} WHERE size = $1 GROUP BY size, vkey, note`,
    [size],
  );
  return row;
}

/** For each place in the tree, the last checkpoint witnessed before it; sorted by size. */
export function witnessedBefore(
  transaction: Transaction,
  indexes: readonly number[],
): Promise<readonly Witnessed[]> {
  return transaction.query<Witnessed>(
    `${witnessedSql} WHERE size IN (
       SELECT (SELECT max(size) FROM trail_cosignature JOIN trail_checkpoint USING (size)
                WHERE size <= place)
         FROM unnest($1::bigint[]) AS place)
     GROUP BY size, vkey, note ORDER BY size`,
    [indexes],
  );
}

/** The last witnessed checkpoint of each hour, up to this size; sorted by size. */
export function witnessedHourly(transaction: Transaction, most: number): Promise<readonly Witnessed[]> {
  return transaction.query<Witnessed>(
    `${witnessedSql} WHERE size IN (
       SELECT max(size) FROM trail_cosignature JOIN trail_checkpoint USING (size)
        WHERE size <= $1 GROUP BY date_trunc('hour', cosigned_at))
     GROUP BY size, vkey, note ORDER BY size`,
    [most],
  );
}

/** The last co-signed checkpoint that contains this place. */
export async function lastWitnessed(transaction: Transaction, index: number): Promise<Witnessed | undefined> {
  const [row] = await transaction.query<Witnessed>(
    `${witnessedSql} WHERE size = (SELECT max(size) FROM trail_cosignature JOIN trail_checkpoint USING (size)
                                    WHERE size > $1)
     GROUP BY size, vkey, note`,
    [index],
  );
  return row;
}

/** Public keys of all witnesses that have ever co-signed. */
export async function witnessKeys(transaction: Transaction): Promise<readonly string[]> {
  const rows = await transaction.query<{ witness: string }>(
    'SELECT DISTINCT witness FROM trail_cosignature ORDER BY witness',
  );
  return rows.map(({ witness }) => witness);
}

const witnessedSql = `
  SELECT size, vkey, note || string_agg(line, '' ORDER BY witness COLLATE "C") AS note,
         array_agg(witness ORDER BY witness COLLATE "C") AS witnesses, max(cosigned_at) AS "cosignedAt"
    FROM trail_checkpoint JOIN trail_cosignature USING (size)`;

/** The newest co-signature of every witness. */
export const lastCosignatures = (
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly size: number; readonly at: Date }[]> =>
  transaction.query(
    `SELECT DISTINCT ON (witness) split_part(witness, '+', 1) AS name, size, cosigned_at AS at
       FROM trail_cosignature ORDER BY witness, size DESC`,
  );

/** The second tree in PostgreSQL. Entries have the same places as in the first tree. */
import type { Transaction } from '../../platform/database/index.js';

/** Number of leaves of the second tree. */
export async function secondSize(transaction: Transaction): Promise<number> {
  const [last] = await transaction.query<{ size: number }>(
    `SELECT tile * 256 + octet_length(hashes) / 32 AS size
       FROM trail_sm_tile WHERE level = 0 ORDER BY tile DESC LIMIT 1`,
  );
  return last?.size ?? 0;
}

/**
 * Exact bytes of the entries `start` to `end` (exclusive), in tree order.
 *
 * @throws {Error} if one is missing: nothing may replace its bytes
 */
export async function bodiesBetween(
  transaction: Transaction,
  start: number,
  end: number,
): Promise<readonly Buffer[]> {
  const rows = await transaction.query<{ body: Buffer }>(
    `SELECT body FROM trail_leaf JOIN trail_entry USING (stream, seq)
      WHERE index >= $1 AND index < $2 ORDER BY index`,
    [start, end],
  );
  if (rows.length !== end - start)
    throw new Error(`轨迹第 ${start} 号到第 ${end - 1} 号缺 ${end - start - rows.length} 条，先核验轨迹`);
  return rows.map(({ body }) => body);
}

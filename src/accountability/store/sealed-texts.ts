/** The sealed texts beside the trail run out; the entries that they belong to stay, and stay valid. */
import type { ExpiringRows, Transaction } from '../../persistence/index.js';

/** SQL: whether texts of the stream are kept. @param stream SQL for its name */
export const hasTexts = (stream: string): string =>
  `EXISTS (SELECT FROM sealed_value r WHERE r.stream = ${stream})`;

/** @returns how many texts were deleted */
export async function deleteTexts(transaction: Transaction, stream: string): Promise<number> {
  const rows = await transaction.query('DELETE FROM sealed_value WHERE stream = $1 RETURNING 1', [stream]);
  return rows.length;
}

/** Reasons of acts that are about no case. */
export const expiringReasons: ExpiringRows = {
  table: 'sealed_value',
  key: 'stream, seq, name',
  due: `NOT EXISTS (SELECT FROM case_overview c WHERE c.business_key = r.stream)
    AND EXISTS (SELECT FROM trail_entry e WHERE e.stream = r.stream AND e.seq = r.seq AND e.at < $1)`,
};

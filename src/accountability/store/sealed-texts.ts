/** Expiry of the sealed texts stored beside the trail; the entries remain, and remain valid. */
import type { ExpiringRows, Transaction } from '../../persistence/index.js';

/** SQL: whether texts of the stream are stored. @param stream SQL for its name */
export const hasTexts = (stream: string): string =>
  `EXISTS (SELECT FROM sealed_value r WHERE r.stream = ${stream})`;

/** @returns texts deleted */
export async function deleteTexts(transaction: Transaction, stream: string): Promise<number> {
  const rows = await transaction.query('DELETE FROM sealed_value WHERE stream = $1 RETURNING 1', [stream]);
  return rows.length;
}

/** Reasons of acts that concern no case. */
export const expiringReasons: ExpiringRows = {
  table: 'sealed_value',
  key: 'stream, seq, name',
  due: `NOT EXISTS (SELECT FROM case_overview c WHERE c.business_key = r.stream)
    AND EXISTS (SELECT FROM trail_entry e WHERE e.stream = r.stream AND e.seq = r.seq AND e.at < $1)`,
};

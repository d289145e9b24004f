/** The sealed texts stored beside the trail: reading some by name, and expiry. Their entries remain, and stay valid. */
import type { Vault } from '../../kernel/index.js';
import type { ExpiringRows, Transaction } from '../../platform/database/index.js';
import { openSealed, sealedPlace } from '../trail/sealed-box.js';

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

export interface SealedText {
  readonly stream: string;
  readonly seq: number;
  readonly name: string;
  readonly text: string;
}

/** Opens the texts of these streams that have one of these names. @throws {Refusal} `vault.locked` */
export async function readTexts(
  vault: Vault,
  transaction: Transaction,
  streams: readonly string[],
  names: readonly string[],
): Promise<readonly SealedText[]> {
  const rows = await transaction.query<{ stream: string; seq: number; name: string; box: Buffer }>(
    'SELECT stream, seq, name, box FROM sealed_value WHERE stream = ANY($1) AND name = ANY($2)',
    [streams, names],
  );
  return rows.map(({ box, ...row }) => ({
    ...row,
    text: openSealed(vault, sealedPlace(row.stream, row.seq, row.name), box),
  }));
}

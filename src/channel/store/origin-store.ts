/** Which source a sheet came from, and how its caller is reached through it. */
import type { Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { webhook, type Way } from '../outbox/index.js';
import { placeOf } from './message-store.js';
import { outgoingPlace } from './source-store.js';

export async function keepOrigin(transaction: Transaction, no: string, source: number): Promise<void> {
  await transaction.query('INSERT INTO channel_origin (work_order, source) VALUES ($1, $2)', [no, source]);
}

interface NamedSource {
  readonly source: number;
  readonly name: string;
}

/** Callers of a mailbox are answered by e-mail to their own address, callers of another source through that source. */
export type WayBack = NamedSource & (Way | { readonly kind: 'email' });

const open = `FROM channel_origin o JOIN channel_source s ON s.id = o.source
  WHERE s.closed_at IS NULL AND (s.proof = 'mailbox' OR s.out_address IS NOT NULL)`;

/** Those of these sheets whose callers can be reached by message. */
export async function withWayBack(
  transaction: Transaction,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ no: string }>(
    `SELECT o.work_order AS no ${open} AND o.work_order = ANY ($1::text[])`,
    [numbers],
  );
  return new Set(rows.map(({ no }) => no));
}

/** Undefined for a sheet that came from no source, or from a closed one. @throws {Refusal} `vault.locked` */
export async function wayBack(
  transaction: Transaction,
  vault: Vault,
  no: string,
): Promise<WayBack | undefined> {
  const [row] = await transaction.query<
    NamedSource & {
      readonly key: string;
      readonly proof: string;
      readonly address: string;
      readonly box: Buffer;
    }
  >(
    `SELECT s.id AS source, s.name, s.key, s.proof, s.out_address AS address, s.out_secret AS box ${open}
      AND o.work_order = $1`,
    [no],
  );
  if (!row) return undefined;
  const { source, name, key, proof, address, box } = row;
  if (proof === 'mailbox') return { kind: 'email', source, name };
  return { source, name, ...webhook(address, vault.open(box, outgoingPlace(key, address))) };
}

/** The query code that the caller got when the message became a sheet; undefined once it is deleted. */
export async function secretGiven(
  transaction: Transaction,
  vault: Vault,
  no: string,
): Promise<string | undefined> {
  const [row] = await transaction.query<{ source: number; match: string; secret: Buffer }>(
    'SELECT source, match, secret FROM channel_message WHERE work_order = $1 AND secret IS NOT NULL ORDER BY id LIMIT 1',
    [no],
  );
  return row && vault.open(row.secret, placeOf(row.source, row.match));
}

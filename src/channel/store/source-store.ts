import { randomBytes } from 'node:crypto';
import type { Vault } from '../../kernel/index.js';
import { renewing, type Transaction, type VaultTable } from '../../platform/database/index.js';
import { webhook, type Way } from '../outbox/index.js';
import type { Channel } from '../../sheet/index.js';
import type { Mapping } from '../mapping.js';
import type { Proof, ProofOrNone } from '../verify.js';

/** What an administrator specifies for a source. */
export interface SourceTerms {
  readonly name: string;
  /** Any channel but telephone. */
  readonly channel: Channel;
  readonly proof: ProofOrNone;
  readonly mapping: Mapping;
}

export interface Source extends SourceTerms {
  readonly id: number;
  readonly key: string;
  /** Where messages to the source's callers go; null if they get none. */
  readonly outAddress: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly lastMessageAt: Date | null;
  readonly lastFailureAt: Date | null;
  readonly lastFailure: string | null;
  /** For a mailbox: when it was last read to its end. */
  readonly readAt: Date | null;
}

const columns = `s.id, s.key, s.name, s.channel, s.proof, s.mapping, s.out_address AS "outAddress",
  s.created_at AS "createdAt",
  s.created_by AS "createdBy", s.closed_at AS "closedAt", s.closed_by AS "closedBy",
  s.last_message_at AS "lastMessageAt", s.last_failure_at AS "lastFailureAt", s.last_failure AS "lastFailure",
  (SELECT b.read_at FROM channel_mailbox b WHERE b.source = s.id) AS "readAt"`;

export type CountedSource = Source & { readonly accepted: number; readonly putAside: number };

/** Active sources first; with the number of their sheets, and of messages that wait for a person. */
export const listSources = (transaction: Transaction): Promise<CountedSource[]> =>
  transaction.query<CountedSource>(
    `SELECT ${columns},
            (SELECT count(DISTINCT m.work_order) FROM channel_message m WHERE m.source = s.id) AS accepted,
            (SELECT count(*) FROM channel_message m
              WHERE m.source = s.id AND m.reason IS NOT NULL AND m.settled_at IS NULL) AS "putAside"
       FROM channel_source s ORDER BY s.closed_at IS NOT NULL, s.name, s.id LIMIT 500`,
  );

/** An active source, locked against changes. */
export async function lockSource(transaction: Transaction, id: number): Promise<Source | undefined> {
  const [source] = await transaction.query<Source>(
    `SELECT ${columns} FROM channel_source s WHERE s.id = $1 AND s.closed_at IS NULL FOR NO KEY UPDATE`,
    [id],
  );
  return source;
}

/** An active source with its secret. @throws {Refusal} `vault.locked` */
export async function sourceOfKey(
  transaction: Transaction,
  vault: Vault,
  key: string,
): Promise<(Source & { readonly secret: string }) | undefined> {
  const [row] = await transaction.query<Source & { readonly box: Buffer }>(
    `SELECT ${columns}, s.secret AS box FROM channel_source s WHERE s.key = $1 AND s.closed_at IS NULL`,
    [key],
  );
  if (!row) return undefined;
  const { box, ...source } = row;
  return { ...source, secret: vault.open(box, placeOf(key)) };
}

/** Whether any source has an Open311 key. */
export async function hasApiKeys(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ used: boolean }>(
    "SELECT EXISTS (SELECT FROM channel_source WHERE proof = 'api-key' AND closed_at IS NULL) AS used",
  );
  return row?.used ?? false;
}

/** Undefined if another active source has the name. */
export async function insertSource(
  transaction: Transaction,
  vault: Vault,
  terms: SourceTerms & { readonly secret: string },
  by: { readonly at: Date; readonly actor: string },
  key = randomBytes(12).toString('hex'),
): Promise<Source | undefined> {
  const [row] = await transaction.query<Source>(
    `INSERT INTO channel_source AS s (key, name, channel, proof, secret, mapping, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [
      key,
      terms.name,
      terms.channel,
      terms.proof,
      vault.seal(terms.secret, placeOf(key)),
      JSON.stringify(terms.mapping),
      by.at,
      by.actor,
    ],
  );
  return row;
}

/** Whether another active source has the name. */
export async function isNameTaken(transaction: Transaction, name: string, id: number): Promise<boolean> {
  const [row] = await transaction.query<{ taken: boolean }>(
    'SELECT EXISTS (SELECT FROM channel_source WHERE name = $1 AND id <> $2 AND closed_at IS NULL) AS taken',
    [name, id],
  );
  return row?.taken ?? false;
}

export async function updateSource(
  transaction: Transaction,
  id: number,
  { name, channel, mapping }: Omit<SourceTerms, 'proof'>,
): Promise<void> {
  await transaction.query('UPDATE channel_source SET name = $2, channel = $3, mapping = $4 WHERE id = $1', [
    id,
    name,
    channel,
    JSON.stringify(mapping),
  ]);
}

export async function replaceSecret(
  transaction: Transaction,
  vault: Vault,
  { id, key }: Pick<Source, 'id' | 'key'>,
  given: { readonly proof: Proof; readonly secret: string },
): Promise<void> {
  await transaction.query('UPDATE channel_source SET proof = $2, secret = $3 WHERE id = $1', [
    id,
    given.proof,
    vault.seal(given.secret, placeOf(key)),
  ]);
}

/** The outgoing address with its secret. @throws {Refusal} `vault.locked` */
export async function outgoingOf(
  transaction: Transaction,
  vault: Vault,
  id: number,
): Promise<Way | undefined> {
  const [row] = await transaction.query<{ key: string; address: string; box: Buffer }>(
    `SELECT s.key, s.out_address AS address, s.out_secret AS box FROM channel_source s
      WHERE s.id = $1 AND s.out_address IS NOT NULL`,
    [id],
  );
  return row && webhook(row.address, vault.open(row.box, outgoingPlace(row.key, row.address)));
}

/** Null: callers of the source get no more messages. */
export async function setOutgoing(
  transaction: Transaction,
  vault: Vault,
  { id, key }: Pick<Source, 'id' | 'key'>,
  given: { readonly address: string; readonly secret: string } | null,
): Promise<void> {
  await transaction.query('UPDATE channel_source SET out_address = $2, out_secret = $3 WHERE id = $1', [
    id,
    given?.address ?? null,
    given ? vault.seal(given.secret, outgoingPlace(key, given.address)) : null,
  ]);
}

export async function closeSourceRow(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<void> {
  await transaction.query('UPDATE channel_source SET closed_at = $2, closed_by = $3 WHERE id = $1', [
    id,
    by.at,
    by.actor,
  ]);
}

/** Stored to the minute, so that messages do not queue for one row. */
export async function noteMessage(transaction: Transaction, id: number, at: Date): Promise<void> {
  await transaction.query(
    `UPDATE channel_source SET last_message_at = $2
      WHERE id = $1 AND (last_message_at IS NULL OR last_message_at < $2::timestamptz - interval '1 minute')`,
    [id, at],
  );
}

export async function noteFailure(
  transaction: Transaction,
  id: number,
  failure: { readonly at: Date; readonly text: string },
): Promise<void> {
  await transaction.query(
    `UPDATE channel_source SET last_failure_at = $2, last_failure = $3
      WHERE id = $1 AND (last_failure IS DISTINCT FROM $3 OR last_failure_at < $2::timestamptz - interval '1 minute')`,
    [id, failure.at, failure.text],
  );
}

const placeOf = (key: string): string => `channel source ${key}`;
/** Binds the secret to the address, so that an address changed in the database gets nothing signed. */
export const outgoingPlace = (key: string, address: string): string =>
  `channel source out ${JSON.stringify([key, address])}`;

export const sourceVaultTable: VaultTable = {
  title: '诉求来源的密钥',
  renew: renewing({
    table: 'channel_source',
    key: { id: 'integer' },
    with: ['key', 'out_address'],
    boxes: ['secret', 'out_secret'],
    belongsTo: ({ key, out_address: address }, box) =>
      box === 'secret' ? placeOf(String(key)) : outgoingPlace(String(key), String(address)),
  }),
};

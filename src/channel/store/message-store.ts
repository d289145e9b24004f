/** Incoming messages, each stored once. */
import type { Vault } from '../../kernel/index.js';
import {
  renewing,
  type ExpiringRows,
  type Transaction,
  type VaultTable,
} from '../../platform/database/index.js';
import type { SourceTerms } from './source-store.js';

/** Messages that wait for a person never expire. */
export const expiringMessages: ExpiringRows = {
  table: 'channel_message',
  key: 'id',
  due: 'r.received_at < $1 AND (r.reason IS NULL OR r.settled_at IS NOT NULL)',
};

/** Identifies a message by the hashes of its id and of its bytes. */
export interface MessageKey {
  readonly source: number;
  readonly match: string;
  readonly digest: string;
}

export interface KnownMessage {
  readonly digest: string;
  readonly receivedAt: Date;
  /** Whether all files of the message have been dealt with. */
  readonly filesDone: boolean;
  readonly workOrder: string | null;
  readonly callerSecret: string | null;
  readonly reason: string | null;
}

export function messageKey(vault: Vault, source: number, id: string, body: Buffer): MessageKey {
  const hashed = (text: string): string => vault.match(`channel ${source} ${text}`).toString('hex');
  return { source, match: hashed(`id ${id}`), digest: hashed(`body ${body.toString('base64')}`) };
}

/** Holds a lock on the message until the transaction ends. */
export async function knownMessage(
  transaction: Transaction,
  vault: Vault,
  { source, match }: MessageKey,
): Promise<KnownMessage | undefined> {
  await lock(transaction, `${source} ${match}`);
  const [row] = await transaction.query<
    Omit<KnownMessage, 'callerSecret'> & { readonly secret: Buffer | null }
  >(
    `SELECT digest, work_order AS "workOrder", secret, reason, received_at AS "receivedAt",
            files_done_at IS NOT NULL AS "filesDone"
       FROM channel_message WHERE source = $1 AND match = $2`,
    [source, match],
  );
  if (!row) return undefined;
  const { secret, ...known } = row;
  return { ...known, callerSecret: secret && vault.open(secret, placeOf(source, match)) };
}

/**
 * The latest accepted message with the same content since that instant. Holds a lock on the content
 * until the transaction ends.
 */
export async function recentMessage(
  transaction: Transaction,
  vault: Vault,
  { source, digest }: MessageKey,
  since: Date,
): Promise<{ readonly workOrder: string; readonly callerSecret: string | null } | undefined> {
  await lock(transaction, `${source} ${digest}`);
  const [row] = await transaction.query<{ match: string; workOrder: string; secret: Buffer | null }>(
    `SELECT match, work_order AS "workOrder", secret FROM channel_message
      WHERE received_at >= $3 AND source = $1 AND digest = $2 AND work_order IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [source, digest, since],
  );
  if (!row) return undefined;
  const { match, workOrder, secret } = row;
  return { workOrder, callerSecret: secret && vault.open(secret, placeOf(source, match)) };
}

async function lock(transaction: Transaction, name: string): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.channel ' || $1, 0))",
    [name],
  );
}

export async function keepAccepted(
  transaction: Transaction,
  vault: Vault,
  { source, match, digest }: MessageKey,
  /** Has no secret if the message was added to an existing sheet. */
  accepted: { readonly at: Date; readonly workOrder: string; readonly callerSecret: string | null },
): Promise<void> {
  await transaction.query(
    `INSERT INTO channel_message (source, match, digest, received_at, work_order, secret)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      source,
      match,
      digest,
      accepted.at,
      accepted.workOrder,
      accepted.callerSecret === null ? null : vault.seal(accepted.callerSecret, placeOf(source, match)),
    ],
  );
}

export async function noteFilesDone(
  transaction: Transaction,
  { source, match }: MessageKey,
  at: Date,
): Promise<void> {
  await transaction.query(
    'UPDATE channel_message SET files_done_at = $3 WHERE source = $1 AND match = $2 AND files_done_at IS NULL',
    [source, match, at],
  );
}

/** The sheet of an accepted message, by the message's id at its source. */
export async function sheetOfMessageId(
  transaction: Transaction,
  vault: Vault,
  source: number,
  id: string,
): Promise<string | undefined> {
  const { match } = messageKey(vault, source, id, Buffer.alloc(0));
  const [row] = await transaction.query<{ no: string }>(
    'SELECT work_order AS no FROM channel_message WHERE source = $1 AND match = $2 AND work_order IS NOT NULL',
    [source, match],
  );
  return row?.no;
}

export async function keepPutAside(
  transaction: Transaction,
  vault: Vault,
  { source, match, digest }: MessageKey,
  message: { readonly at: Date; readonly reason: string; readonly raw: Buffer },
): Promise<void> {
  await transaction.query(
    `INSERT INTO channel_message (source, match, digest, received_at, reason, raw) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      source,
      match,
      digest,
      message.at,
      message.reason,
      vault.seal(message.raw.toString('base64'), placeOf(source, match)),
    ],
  );
}

export interface PutAside {
  readonly id: number;
  readonly source: number;
  readonly sourceName: string;
  readonly channel: SourceTerms['channel'];
  readonly receivedAt: Date;
  readonly reason: string;
  readonly raw: Buffer;
}

const waiting = `
  SELECT m.id, m.source, s.name AS "sourceName", s.channel, m.received_at AS "receivedAt", m.reason, m.raw, m.match
    FROM channel_message m JOIN channel_source s ON s.id = m.source
   WHERE m.reason IS NOT NULL AND m.settled_at IS NULL`;

type WaitingRow = PutAside & { readonly match: string };

const opened = (vault: Vault, { match, raw, ...row }: WaitingRow): PutAside => ({
  ...row,
  raw: Buffer.from(vault.open(raw, placeOf(row.source, match)), 'base64'),
});

/** Waiting messages after this id, oldest first. */
export async function listWaitingMessages(
  transaction: Transaction,
  vault: Vault,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<PutAside[]> {
  const rows = await transaction.query<WaitingRow>(`${waiting} AND m.id > $1 ORDER BY m.id LIMIT $2`, [
    after,
    limit,
  ]);
  return rows.map((row) => opened(vault, row));
}

/** Locked until the transaction ends. */
export async function lockPutAside(
  transaction: Transaction,
  vault: Vault,
  id: number,
): Promise<PutAside | undefined> {
  const [row] = await transaction.query<WaitingRow>(`${waiting} AND m.id = $1 FOR UPDATE OF m`, [id]);
  return row && opened(vault, row);
}

export async function settle(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string; readonly workOrder: string | null },
): Promise<void> {
  await transaction.query(
    'UPDATE channel_message SET raw = NULL, work_order = $2, settled_at = $3, settled_by = $4 WHERE id = $1',
    [id, by.workOrder, by.at, by.actor],
  );
}

export const placeOf = (source: number | string, match: number | string): string =>
  `channel message ${source} ${match}`;

export const messageVaultTable: VaultTable = {
  title: '渠道来信',
  renew: renewing({
    table: 'channel_message',
    key: { id: 'integer' },
    with: ['source', 'match'],
    boxes: ['secret', 'raw'],
    belongsTo: ({ source = '', match = '' }) => placeOf(source, match),
  }),
};

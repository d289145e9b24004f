import type { Vault } from '../../kernel/index.js';
import { renewing, type Transaction, type VaultTable } from '../../persistence/index.js';

export type ChannelKind = 'webhook' | 'email';

/** A way out of the house for one recipient's notifications. */
export interface Channel {
  readonly id: number;
  readonly recipient: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

const columns = `id, recipient, kind, address, created_at AS "createdAt", created_by AS "createdBy",
       ended_at AS "endedAt", ended_by AS "endedBy"`;

/** Those in use first, then those that were ended. */
export function listChannels(transaction: Transaction): Promise<Channel[]> {
  return transaction.query(
    `SELECT ${columns} FROM notification_channel ORDER BY ended_at NULLS FIRST, recipient, id LIMIT 1000`,
  );
}

/** Those in use for any of the recipients. */
export function channelsOf(
  transaction: Transaction,
  recipients: readonly string[],
): Promise<{ readonly id: number; readonly recipient: string }[]> {
  return transaction.query(
    'SELECT id, recipient FROM notification_channel WHERE recipient = ANY($1::text[]) AND ended_at IS NULL',
    [recipients],
  );
}

/** With its secret: for delivering, never for showing. @throws {Refusal} `vault.locked` */
export async function channelWithSecret(
  transaction: Transaction,
  vault: Vault,
  id: number,
): Promise<(Channel & { readonly secret: string | null }) | undefined> {
  const [row] = await transaction.query<Channel & { secret_box: Buffer | null }>(
    `SELECT ${columns}, secret_box FROM notification_channel WHERE id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { secret_box: box, ...channel } = row;
  return { ...channel, secret: box && vault.open(box, secretPlace(channel.recipient, channel.address)) };
}

/** Undefined where the recipient has this way out already. */
export async function insertChannel(
  transaction: Transaction,
  channel: Pick<Channel, 'recipient' | 'kind' | 'address' | 'createdAt' | 'createdBy'> & {
    readonly secretBox: Buffer | null;
  },
): Promise<Channel | undefined> {
  const [row] = await transaction.query<Channel>(
    `INSERT INTO notification_channel (recipient, kind, address, secret_box, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [
      channel.recipient,
      channel.kind,
      channel.address,
      channel.secretBox,
      channel.createdAt,
      channel.createdBy,
    ],
  );
  return row;
}

/** Undefined where there is none, or it has been ended. */
export async function closeChannel(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<Channel | undefined> {
  const [row] = await transaction.query<Channel>(
    `UPDATE notification_channel SET ended_at = $2, ended_by = $3
      WHERE id = $1 AND ended_at IS NULL RETURNING ${columns}`,
    [id, by.at, by.actor],
  );
  return row;
}

/** To whom and where it goes: a row whose address was changed in the database signs nothing any more. */
export const secretPlace = (recipient: string, address: string): string =>
  `channel ${JSON.stringify([recipient, address])}`;

export const channelVaultTable: VaultTable = {
  title: '通知渠道的密钥',
  close: async (transaction, vault, most) => {
    const rows = await transaction.query<{ id: number; recipient: string; address: string; secret: string }>(
      `SELECT id, recipient, address, secret FROM notification_channel WHERE secret IS NOT NULL
        LIMIT $1 FOR UPDATE`,
      [most],
    );
    for (const { id, recipient, address, secret } of rows) {
      await transaction.query(
        'UPDATE notification_channel SET secret = NULL, secret_box = $2 WHERE id = $1',
        [id, vault.seal(secret, secretPlace(recipient, address))],
      );
    }
    return rows.length;
  },
  renew: renewing({
    table: 'notification_channel',
    key: { id: 'integer' },
    with: ['recipient', 'address'],
    boxes: ['secret_box'],
    belongsTo: ({ recipient, address }) => secretPlace(String(recipient), String(address)),
  }),
};

import type { Vault } from '../../../kernel/index.js';
import type { Way } from '../../outbox/index.js';
import {
  column,
  insertIfAbsent,
  IsNull,
  renewing,
  type Entity,
  type Transaction,
  type VaultTable,
} from '../../../platform/database/index.js';

export type ChannelKind = 'webhook' | 'email';

/** An outgoing channel for one recipient's notifications. */
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

export const channelEntity: Entity<Channel & { readonly secretBox?: Buffer | null }> = {
  name: 'notification_channel',
  columns: {
    id: column.id,
    ...column.each(column.text, 'recipient', 'kind', 'address', 'createdBy'),
    /** Read for delivery, never for display. */
    secretBox: { ...column.nullable.bytes, select: false },
    createdAt: column.instant,
    endedAt: column.nullable.instant,
    endedBy: column.nullable.text,
  },
};

/** Active channels come first. */
export const listChannels = (transaction: Transaction): Promise<Channel[]> =>
  transaction.repository(channelEntity).find({
    order: { endedAt: { direction: 'ASC', nulls: 'FIRST' }, recipient: 'ASC', id: 'ASC' },
    take: 1000,
  });

/** @throws {Refusal} `vault.locked` */
export async function channelWithSecret(
  transaction: Transaction,
  vault: Vault,
  id: number,
): Promise<(Channel & Way) | undefined> {
  const found = await transaction
    .repository(channelEntity)
    .createQueryBuilder('channel')
    .addSelect('channel.secretBox')
    .where({ id })
    .getOne();
  if (!found) return undefined;
  const { secretBox, ...channel } = found;
  const place = secretPlace(channel.recipient, channel.address);
  return { ...channel, secrets: secretBox ? [vault.open(secretBox, place)] : [] };
}

/** Undefined if the recipient already has this channel. */
export async function insertChannel(
  transaction: Transaction,
  given: Pick<Channel, 'recipient' | 'kind' | 'address' | 'createdAt' | 'createdBy'> & {
    readonly secretBox: Buffer | null;
  },
): Promise<Channel | undefined> {
  const row = await insertIfAbsent(transaction, channelEntity, { ...given, endedAt: null, endedBy: null });
  if (!row) return undefined;
  const { secretBox: _box, ...channel } = row;
  return channel;
}

/** Null if there is no such channel, or it was ended. */
export async function closeChannel(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<Channel | null> {
  const channels = transaction.repository(channelEntity);
  const ended = { endedAt: by.at, endedBy: by.actor };
  const { affected } = await channels.update({ id, endedAt: IsNull() }, ended);
  return affected === 1 ? channels.findOneBy({ id }) : null;
}

/** Binds the secret to recipient and address, so that an address changed in the database gets nothing signed. */
export const secretPlace = (recipient: string, address: string): string =>
  `channel ${JSON.stringify([recipient, address])}`;

export const channelVaultTable: VaultTable = {
  title: '通知渠道的密钥',
  renew: renewing({
    table: 'notification_channel',
    key: { id: 'integer' },
    with: ['recipient', 'address'],
    boxes: ['secret_box'],
    belongsTo: ({ recipient, address }) => secretPlace(String(recipient), String(address)),
  }),
};

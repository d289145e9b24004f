/** Ways out of the house are set up and ended by people; each such act is an entry of the trail `notifications`. */
import { randomBytes } from 'node:crypto';
import type { Trail } from '../accountability/index.js';
import { z } from 'zod';
import { Refusal, type Clock, type JsonObject, type Vault } from '../kernel/index.js';
import type { Database, Transaction } from '../persistence/index.js';
import { sendThrough } from './deliver.js';
import { testMessage } from './message.js';
import { parseRecipient } from './recipient.js';
import type { OutgoingSettings } from './settings.js';
import {
  channelWithSecret,
  closeChannel,
  insertChannel,
  secretPlace,
  type Channel,
  type ChannelKind,
} from './store/channel-store.js';
import { webhookAddress } from './webhook-address.js';
import { secretPrefix } from './webhook.js';

export interface ChannelDeps {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly outgoing: OutgoingSettings;
  readonly vault: Vault;
}

export interface NewChannel {
  readonly recipient: string;
  readonly kind: ChannelKind;
  /** An `https://` or `http://` URL, or an e-mail address. */
  readonly address: string;
  /** Of a webhook: `whsec_` and 24 to 64 bytes in Base64; made up where it is not given. */
  readonly secret?: string;
  readonly actor: string;
}

/**
 * Sets up a channel. The secret is in this answer and in no other.
 *
 * @throws {Refusal} `input.invalid`, `channel.exists`
 */
export async function addChannel(
  deps: ChannelDeps,
  { actor, ...given }: NewChannel,
): Promise<{ readonly channel: Channel; readonly secret: string | null }> {
  const recipient = parseRecipient(given.recipient);
  const address =
    given.kind === 'webhook' ? webhookAddress(given.address, deps.outgoing) : emailAddress(given.address);
  const secret = secretOf(given);
  const channel = await deps.database.transaction(async (transaction) => {
    const at = deps.clock.now();
    const added = await insertChannel(transaction, {
      recipient,
      kind: given.kind,
      address,
      secretBox: secret === null ? null : deps.vault.seal(secret, secretPlace(recipient, address)),
      createdAt: at,
      createdBy: actor,
    });
    if (!added) {
      throw new Refusal('channel.exists', `${recipient} 已经有这个渠道`, {
        remedy: '要换密钥的,先停用原来的',
      });
    }
    await record(deps.trail, transaction, 'channel.added', at, actor, added);
    return added;
  });
  return { channel, secret };
}

/** Nothing goes out through it any more; what waits for another try is dropped. @throws {Refusal} `channel.not-found` */
export async function endChannel(deps: ChannelDeps, id: number, actor: string): Promise<Channel> {
  return deps.database.transaction(async (transaction) => {
    const at = deps.clock.now();
    const ended = await closeChannel(transaction, id, { at, actor });
    if (!ended) throw noChannel(id);
    await record(deps.trail, transaction, 'channel.ended', at, actor, ended);
    return ended;
  });
}

/**
 * Sends a test message at once, and once only: whoever asks waits for the answer.
 *
 * @returns why it did not arrive, in Chinese; undefined where it did @throws {Refusal} `channel.not-found`
 */
export async function testChannel(deps: ChannelDeps, id: number, actor: string): Promise<string | undefined> {
  const way = await deps.database.transaction((transaction) =>
    channelWithSecret(transaction, deps.vault, id),
  );
  if (!way || way.endedAt) throw noChannel(id);
  const failure = await sendThrough(deps, way, testMessage(id, deps.clock.now())).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await deps.database.transaction((transaction) =>
    record(deps.trail, transaction, 'channel.tested', deps.clock.now(), actor, way, {
      arrived: failure === undefined,
    }),
  );
  return failure;
}

const noChannel = (id: number): Refusal =>
  new Refusal('channel.not-found', `没有编号为 ${id} 的在用渠道`, {
    remedy: '查看现有渠道:hotline notification channels',
  });

async function record(
  trail: Trail,
  transaction: Transaction,
  type: string,
  at: Date,
  actor: string,
  { id, recipient, kind, address }: Channel,
  more: JsonObject = {},
): Promise<void> {
  // Of an address only the host: the rest may be a person's name or a token.
  const host = kind === 'webhook' ? new URL(address).host : (address.split('@').at(-1) ?? '');
  await trail.append(transaction, [
    { stream: 'notifications', type, at, body: { actor, channel: id, recipient, kind, host, ...more } },
  ]);
}

function emailAddress(text: string): string {
  const read = z.email().safeParse(text.trim());
  if (read.success) return read.data;
  throw new Refusal('input.invalid', '邮件地址不对', { where: 'address', remedy: '写成 名字@主机' });
}

function secretOf({ kind, secret }: Omit<NewChannel, 'actor'>): string | null {
  if (kind === 'email') {
    if (secret === undefined) return null;
    throw new Refusal('input.invalid', '邮件渠道没有密钥', { where: 'secret', remedy: '不要填写 secret' });
  }
  const made = secret ?? `${secretPrefix}${randomBytes(32).toString('base64')}`;
  const key = Buffer.from(made.slice(secretPrefix.length), 'base64');
  const written = `${secretPrefix}${key.toString('base64')}`;
  if (made !== written || key.length < 24 || key.length > 64) {
    throw new Refusal('input.invalid', '密钥不合 Standard Webhooks 的写法', {
      where: 'secret',
      remedy: 'whsec_ 后接 24 至 64 字节的 Base64;不填则由系统生成',
    });
  }
  return made;
}

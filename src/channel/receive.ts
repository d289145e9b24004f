/** One message of a source: becomes a sheet, or is put aside for a person. Sent again, it gets the same answer. */
import { createHash } from 'node:crypto';
import { Refusal } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';
import { readMessage, type Reading } from './mapping.js';
import { parseBody } from './message-body.js';
import type { ChannelsDeps } from './ports.js';
import {
  keepAccepted,
  keepPutAside,
  knownMessage,
  messageKey,
  type MessageKey,
} from './store/message-store.js';
import { keepOrigin } from './store/origin-store.js';
import { noteFailure, noteMessage, sourceOfKey, type Source } from './store/source-store.js';
import { assertFrom, notVerified, type Shown } from './verify.js';

export interface Sent extends Shown {
  readonly body: Buffer;
  readonly contentType: string;
}

export type Outcome =
  | { readonly status: 'accepted'; readonly workOrder: string; readonly callerSecret: string | null }
  | { readonly status: 'put-aside'; readonly reason: string };

/** @throws {Refusal} `source.not-verified`, which says the same of a source that does not exist */
export async function receiveMessage(deps: ChannelsDeps, key: string, sent: Sent): Promise<Outcome> {
  const { database, clock, vault } = deps;
  const source = await database.transaction((transaction) => sourceOfKey(transaction, vault, key));
  if (!source) throw notVerified('没有这个来源,或者已经停用', '地址');
  const now = clock.now();
  try {
    assertFrom(source, sent, sent.body, now);
  } catch (error) {
    if (error instanceof Refusal) await fail(deps, source, error.message);
    throw error;
  }
  const parsed = parseBody(sent.body, sent.contentType);
  const reading: Reading =
    'problem' in parsed
      ? { problem: parsed.problem, messageId: null }
      : readMessage(source.mapping, parsed.message, now);
  const id = reading.messageId ?? sent.id ?? createHash('sha256').update(sent.body).digest('hex');
  return take(deps, source, { reading, id, raw: sent.body, compared: sent.body });
}

export interface Arrived {
  readonly reading: Reading;
  /** Of the message, at its source. */
  readonly id: string;
  /** Shown to a person if it is put aside. */
  readonly raw: Buffer;
  /** By which two messages of one id are told apart. */
  readonly compared: Buffer;
}

/** Accepted or put aside, once. */
export async function take(deps: ChannelsDeps, source: Source, arrived: Arrived): Promise<Outcome> {
  const { reading } = arrived;
  if ('problem' in reading) return putAside(deps, source, arrived, reading.problem);
  try {
    return await deps.database.transaction(async (transaction) => {
      const key = messageKey(deps.vault, source.id, arrived.id, arrived.compared);
      const known = await knownMessage(transaction, deps.vault, key);
      if (known) return repeated(deps, transaction, source, arrived, { key, known });
      const at = deps.clock.now();
      const request = { ...reading.received, channel: source.channel };
      const accepted = await deps.accept(transaction, request, `来源:${source.name}`);
      await keepAccepted(transaction, deps.vault, key, { at, ...accepted });
      await noteMessage(transaction, source.id, at);
      await keepOrigin(transaction, accepted.workOrder, source.id);
      return { status: 'accepted', ...accepted };
    });
  } catch (error) {
    // What the source or the database is to try again is not a matter for a person.
    if (!(error instanceof Refusal) || error.status >= 500) throw error;
    return putAside(deps, source, arrived, `不能受理:${error.message}`);
  }
}

async function putAside(
  deps: ChannelsDeps,
  source: Source,
  arrived: Arrived,
  reason: string,
): Promise<Outcome> {
  return deps.database.transaction(async (transaction) => {
    const key = messageKey(deps.vault, source.id, arrived.id, arrived.compared);
    const known = await knownMessage(transaction, deps.vault, key);
    if (known) return repeated(deps, transaction, source, arrived, { key, known });
    await keepAside(deps, transaction, source, { key, raw: arrived.raw, reason });
    return { status: 'put-aside', reason };
  });
}

/** The same id with other content is kept, too: which of the two is right, only a person can say. */
async function repeated(
  deps: ChannelsDeps,
  transaction: Transaction,
  source: Source,
  arrived: Arrived,
  { key, known }: { key: MessageKey; known: NonNullable<Awaited<ReturnType<typeof knownMessage>>> },
): Promise<Outcome> {
  if (known.digest !== key.digest) {
    const other = messageKey(deps.vault, source.id, `${arrived.id} ${key.digest}`, arrived.compared);
    const reason = '此前收到过同一编号、内容不同的消息';
    if (!(await knownMessage(transaction, deps.vault, other))) {
      await keepAside(deps, transaction, source, { key: other, raw: arrived.raw, reason });
    }
    return { status: 'put-aside', reason };
  }
  const { workOrder, callerSecret, reason } = known;
  return reason === null && workOrder !== null
    ? { status: 'accepted', workOrder, callerSecret }
    : { status: 'put-aside', reason: reason ?? '' };
}

async function keepAside(
  { vault, clock }: ChannelsDeps,
  transaction: Transaction,
  source: Source,
  { key, raw, reason }: { readonly key: MessageKey; readonly raw: Buffer; readonly reason: string },
): Promise<void> {
  const at = clock.now();
  await keepPutAside(transaction, vault, key, { at, reason, raw });
  await noteMessage(transaction, source.id, at);
  await noteFailure(transaction, source.id, { at, text: reason });
}

async function fail({ database, clock }: ChannelsDeps, { id }: Source, text: string): Promise<void> {
  await database.transaction((transaction) => noteFailure(transaction, id, { at: clock.now(), text }));
}

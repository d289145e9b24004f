/**
 * Takes one message of a source: it becomes a sheet, or is set aside for a person. A repeated
 * message gets the same answer.
 */
import { createHash } from 'node:crypto';
import { Refusal } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import { filesIn, readMessage, type Reading, type SentFile } from './mapping.js';
import { parseBody } from './message-body.js';
import { keepFiles } from './files.js';
import type { ChannelsDeps, TakingDeps } from './ports.js';
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

/** @throws {Refusal} `source.not-verified`, the same for a source that does not exist */
export async function receiveMessage(deps: TakingDeps, key: string, sent: Sent): Promise<Outcome> {
  const { database, clock, vault } = deps;
  const source = await database.transaction((transaction) => sourceOfKey(transaction, vault, key));
  if (!source) throw notVerified('没有这个来源，或者已经停用', '地址');
  const now = clock.now();
  try {
    assertFrom(source, sent, sent.body, now);
  } catch (error) {
    if (error instanceof Refusal) await fail(deps, source, error.message);
    throw error;
  }
  const parsed = await parseBody(sent.body, sent.contentType);
  const reading: Reading =
    'problem' in parsed
      ? { problem: parsed.problem, messageId: null }
      : readMessage(source.mapping, parsed.message, now, deps.laws.today());
  const theirs = 'problem' in reading ? null : reading.received.externalNo;
  const id = reading.messageId ?? theirs ?? sent.id ?? createHash('sha256').update(sent.body).digest('hex');
  const files = 'problem' in parsed ? [] : filesIn(source.mapping, parsed.message, now);
  return take(deps, source, { reading, id, raw: shownOf(sent.body, parsed), compared: sent.body, files });
}

const mebibyte = 1024 * 1024;
/** Bytes; enough for about twelve megabytes of files in Base64. */
const largestWithFiles = 16 * mebibyte;

/** Most bytes of a message; only a source that sends files may send so many. */
export async function largestMessage(
  { database, vault }: Pick<ChannelsDeps, 'database' | 'vault'>,
  key: string,
): Promise<number> {
  const source = await database.transaction((transaction) => sourceOfKey(transaction, vault, key));
  return source?.mapping.files === undefined ? mebibyte : largestWithFiles;
}

/** The text a person sees if the message is set aside; it omits the files, which are many megabytes. */
function shownOf(body: Buffer, parsed: Awaited<ReturnType<typeof parseBody>>): Buffer {
  if (body.length <= mebibyte) return body;
  if ('problem' in parsed) return body.subarray(0, mebibyte);
  const shortened = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && value.length > 100_000
      ? `${value.slice(0, 100)}…（${value.length} 个字符）`
      : value;
  return Buffer.from(JSON.stringify(parsed.message, shortened)).subarray(0, mebibyte);
}

export interface Arrived {
  readonly reading: Reading;
  /** The message's id at its source. */
  readonly id: string;
  /** Text that a person sees if the message is set aside. */
  readonly raw: Buffer;
  /** Content that distinguishes two messages with the same id. */
  readonly compared: Buffer;
  readonly files: readonly SentFile[];
  /** Set if the caller's words belong to an existing sheet. */
  readonly addition?: { readonly no: string; readonly text: string } | undefined;
}

/**
 * Accepts the message or sets it aside, once, and then takes its files.
 *
 * @throws {Refusal} with status 500 and above, if the files must be retried; the words are taken by
 * then
 */
export async function take(deps: TakingDeps, source: Source, arrived: Arrived): Promise<Outcome> {
  const outcome = await takeWords(deps, source, arrived);
  if (outcome.status === 'accepted') {
    const key = messageKey(deps.vault, source.id, arrived.id, arrived.compared);
    await keepFiles(deps, key, outcome.workOrder, arrived.files);
  }
  return outcome;
}

async function takeWords(deps: TakingDeps, source: Source, arrived: Arrived): Promise<Outcome> {
  const { reading, addition } = arrived;
  if (!addition && 'problem' in reading) return putAside(deps, source, arrived, reading.problem);
  const key = messageKey(deps.vault, source.id, arrived.id, arrived.compared);
  try {
    return await deps.database.transaction(async (transaction) => {
      const known = await knownMessage(transaction, deps.vault, key);
      if (known) return repeated(deps, transaction, source, arrived, { key, known });
      const at = deps.clock.now();
      const taken = await takenIn(deps, transaction, source, arrived);
      await keepAccepted(transaction, deps.vault, key, { at, ...taken });
      await noteMessage(transaction, source.id, at);
      return { status: 'accepted', ...taken };
    });
  } catch (error) {
    // Failures that the source or the database must retry are not shown to a person.
    if (!(error instanceof Refusal) || error.status >= 500) throw error;
    return putAside(deps, source, arrived, `${addition ? '不能补充' : '不能受理'}：${error.message}`);
  }
}

/** Adds the message to the sheet it continues, or opens a new sheet. */
async function takenIn(
  deps: TakingDeps,
  transaction: Transaction,
  source: Source,
  { reading, addition }: Arrived,
): Promise<{ readonly workOrder: string; readonly callerSecret: string | null }> {
  if (addition) {
    await deps.add(transaction, addition.no, addition.text);
    return { workOrder: addition.no, callerSecret: null };
  }
  if ('problem' in reading) throw new Error('what could not be read is put aside');
  const request = { ...reading.received, channel: source.channel, source };
  const accepted = await deps.accept(transaction, request, `来源：${source.name}`);
  await keepOrigin(transaction, accepted.workOrder, source.id);
  return accepted;
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

/** A message with a known id but other content is stored as well, because only a person can say which is right. */
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

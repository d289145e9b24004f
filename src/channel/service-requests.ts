/**
 * Requests by Open311 GeoReport v2. Each becomes a sheet, or is refused with the reason; none is
 * set aside, since the client waits for the answer. A repeated request, with the same key or the
 * same content within minutes, returns the same sheet.
 */
import { randomUUID } from 'node:crypto';
import { Refusal, type JsonObject } from '../kernel/index.js';
import { readMessage } from './mapping.js';
import type { ChannelsDeps, Located } from './ports.js';
import { keepAccepted, knownMessage, messageKey, recentMessage } from './store/message-store.js';
import { keepOrigin } from './store/origin-store.js';
import { keepServiceRequest } from './store/service-request-store.js';
import { noteFailure, noteMessage, sourceOfKey, type Source } from './store/source-store.js';
import { notVerified, same } from './verify.js';

/** Milliseconds within which a client that got no answer retries. */
const repeatedWithin = 10 * 60_000;

export interface ServiceRequest extends Located {
  /** The message that the source's mapping reads. */
  readonly message: JsonObject;
  /** The fields as they were sent, without the key. */
  readonly compared: Buffer;
  /** The client's idempotency key for this request. */
  readonly idempotencyKey: string | undefined;
}

/** @throws {Refusal} `source.not-verified`, the same for a source that does not exist */
export async function sourceOfApiKey(deps: ChannelsDeps, apiKey: string): Promise<Source> {
  const [, key = '', shown = ''] = /^([0-9a-f]{24})\.([\w-]{43})$/.exec(apiKey) ?? [];
  const source = await deps.database.transaction((transaction) => sourceOfKey(transaction, deps.vault, key));
  if (!source || source.proof !== 'api-key' || !same(source.secret, shown)) {
    throw notVerified('api_key 不对，或者已经停用', 'api_key');
  }
  const { secret: _secret, ...known } = source;
  return known;
}

/** @throws {Refusal} `input.invalid`, `idempotency.mismatch`, refusals of acceptance */
export async function takeServiceRequest(
  deps: ChannelsDeps,
  source: Source,
  request: ServiceRequest,
): Promise<{ readonly workOrder: string; readonly callerSecret: string | null; readonly isNew: boolean }> {
  const { database, clock, laws, vault } = deps;
  const { message, idempotencyKey, compared, ...located } = request;
  try {
    const reading = readMessage(source.mapping, message, clock.now(), laws.today());
    if ('problem' in reading) throw unreadable(reading.problem);
    const { received } = reading;
    return await database.transaction(async (transaction) => {
      const at = clock.now();
      const key = messageKey(vault, source.id, idempotencyKey ?? randomUUID(), compared);
      if (idempotencyKey === undefined) {
        const since = new Date(at.getTime() - repeatedWithin);
        const recent = await recentMessage(transaction, vault, key, since);
        if (recent) return { ...recent, isNew: false };
      } else {
        const known = await knownMessage(transaction, vault, key);
        if (known && known.digest !== key.digest) throw otherContent();
        if (known)
          return { workOrder: known.workOrder ?? '', callerSecret: known.callerSecret, isNew: false };
      }
      const given = { ...received, ...located, channel: source.channel, source };
      const accepted = await deps.accept(transaction, given, `来源：${source.name}`);
      await keepAccepted(transaction, vault, key, { at, ...accepted });
      await keepServiceRequest(transaction, { workOrder: accepted.workOrder, source: source.id, at });
      await keepOrigin(transaction, accepted.workOrder, source.id);
      await noteMessage(transaction, source.id, at);
      return { ...accepted, isNew: true };
    });
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) await noteProblem(deps, source, error);
    throw error;
  }
}

const noteProblem = ({ database, clock }: ChannelsDeps, { id }: Source, { title }: Refusal): Promise<void> =>
  database.transaction((transaction) =>
    noteFailure(transaction, id, { at: clock.now(), text: `没有收下：${title}` }),
  );

const unreadable = (problem: string): Refusal =>
  new Refusal('input.invalid', problem, { remedy: '核对提交的各栏，以及来源的对应关系' });

const otherContent = (): Refusal =>
  new Refusal('idempotency.mismatch', '同一个 Idempotency-Key 此前用于另一内容', {
    where: 'Idempotency-Key',
    remedy: '新的诉求用新的键；重发的内容须与原来相同',
  });

/** Sources of requests. Administrators set them up and change them; each act is an entry of the trail `channels`. */
import type { EntryType } from '../accountability/index.js';
import { Refusal, type JsonObject } from '../kernel/index.js';
import { channelBy, usualKind } from '../kernel/kinds.js';
import type { Law } from '../kernel/law.js';
import type { Transaction } from '../platform/database/index.js';
import { assertMapping } from './mapping.js';
import type { ChannelsDeps } from './ports.js';
import {
  closeSourceRow,
  insertSource,
  isNameTaken,
  lockSource,
  replaceSecret,
  sourceOfKey,
  updateSource,
  type Source,
  type SourceTerms,
} from './store/source-store.js';
import { newSourceSecret, type Proof } from './verify.js';

/** The source that the program creates when a mailbox is configured. Undefined if somebody closed it. */
export async function mailboxSource(deps: ChannelsDeps): Promise<Source | undefined> {
  return deps.database.transaction(async (transaction) => {
    const law = deps.laws.today();
    const by = { at: deps.clock.now(), actor: '系统' };
    const terms = {
      name: '市长信箱邮箱',
      channel: channelBy('mail', law),
      proof: 'mailbox' as const,
      mapping: mailMapping(law),
    };
    const given = { ...terms, secret: newSourceSecret('mailbox') };
    const added = await insertSource(transaction, deps.vault, given, by, mailboxKey);
    if (!added) return (await sourceOfKey(transaction, deps.vault, mailboxKey)) ?? undefined;
    await record(deps, transaction, 'source.added', added, by.actor, { mapping: { ...added.mapping } });
    return added;
  });
}

const mailboxKey = 'mailbox';

const mailMapping = (law: Law) => ({
  content: 'message.text',
  title: 'message.subject',
  kind: `"${usualKind(law)}"`,
  callerName: 'message.from.name',
  callerContact: 'message.from.address',
});

/** The secret is returned only here. @throws {Refusal} `source.exists`, `input.invalid`, `expression.invalid` */
export async function addSource(
  deps: ChannelsDeps,
  terms: SourceTerms & { readonly proof: Proof },
  actor: string,
): Promise<{ readonly source: Source; readonly secret: string }> {
  assertMapping(terms.mapping, deps.laws.today());
  const secret = newSourceSecret(terms.proof);
  return deps.database.transaction(async (transaction) => {
    const at = deps.clock.now();
    const source = await insertSource(transaction, deps.vault, { ...terms, secret }, { at, actor });
    if (!source) throw nameTaken(terms.name);
    await record(deps, transaction, 'source.added', source, actor, { mapping: { ...terms.mapping } });
    return { source, secret: shownSecret(source, secret) };
  });
}

/** @throws {Refusal} `source.not-found`, `source.exists`, `input.invalid`, `expression.invalid` */
export async function changeSource(
  deps: ChannelsDeps,
  id: number,
  terms: Omit<SourceTerms, 'proof'>,
  actor: string,
): Promise<void> {
  assertMapping(terms.mapping, deps.laws.today());
  await deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    if (await isNameTaken(transaction, terms.name, id)) throw nameTaken(terms.name);
    await updateSource(transaction, id, terms);
    await record(deps, transaction, 'source.changed', { ...source, ...terms }, actor, {
      mapping: { ...terms.mapping },
    });
  });
}

/**
 * The earlier secret is void at once; messages that the source then sends again are not accepted
 * twice. @throws {Refusal} `source.not-found`
 */
export async function renewSource(
  deps: ChannelsDeps,
  id: number,
  proof: Proof,
  actor: string,
): Promise<string> {
  const secret = newSourceSecret(proof);
  return deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    if (source.proof === 'mailbox') throw ofMailbox();
    if ((source.proof === 'api-key') !== (proof === 'api-key')) throw otherProtocol();
    await replaceSecret(transaction, deps.vault, source, { proof, secret });
    await record(deps, transaction, 'source.secret-replaced', { ...source, proof }, actor);
    return shownSecret(source, secret);
  });
}

/** Open311 has one address for all sources, so the API key identifies the source. */
const shownSecret = ({ key, proof }: Pick<Source, 'key' | 'proof'>, secret: string): string =>
  proof === 'api-key' ? `${key}.${secret}` : secret;

/** @throws {Refusal} `source.not-found` */
export async function closeSource(deps: ChannelsDeps, id: number, actor: string): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    await closeSourceRow(transaction, id, { at: deps.clock.now(), actor });
    await record(deps, transaction, 'source.closed', source, actor);
  });
}

export async function sourceIn(transaction: Transaction, id: number): Promise<Source> {
  const source = await lockSource(transaction, id);
  if (source) return source;
  throw new Refusal('source.not-found', `没有编号为 ${id} 的在用来源`, {
    remedy: '来源列表见 GET /api/channel-sources',
  });
}

const otherProtocol = (): Refusal =>
  new Refusal('input.invalid', '照 Open311 提交的来源和 webhook 来源不能互换', {
    where: 'proof',
    remedy: '另设一个来源，这个停用',
  });

export const ofMailbox = (
  why = '邮箱没有密钥',
  remedy = '邮箱的口令写在 HOTLINE_IMAP_PASSWORD_FILE 指的文件里',
): Refusal => new Refusal('input.invalid', why, { remedy });

const nameTaken = (name: string): Refusal =>
  new Refusal('source.exists', `已有名为“${name.slice(0, 60)}”的来源`, {
    where: 'name',
    remedy: '换一个名称',
  });

export async function record(
  { trail, clock }: Pick<ChannelsDeps, 'trail' | 'clock'>,
  transaction: Transaction,
  type: EntryType & `source.${string}`,
  { id, name, channel, proof }: Source,
  actor: string,
  more: JsonObject = {},
): Promise<void> {
  await trail.append(transaction, [
    {
      stream: 'channels',
      type,
      at: clock.now(),
      body: { actor, source: id, name, channel, proof, ...more },
    },
  ]);
}

/** Sources, set up and changed by administrators: each act is an entry of the trail `channels`. */
import type { EntryType } from '../accountability/index.js';
import { Refusal, type JsonObject } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';
import { assertMapping } from './mapping.js';
import type { ChannelsDeps } from './ports.js';
import {
  closeSourceRow,
  insertSource,
  isNameTaken,
  lockSource,
  replaceSecret,
  updateSource,
  type Source,
  type SourceTerms,
} from './store/source-store.js';
import { newSourceSecret, type Proof } from './verify.js';

/** The secret is returned only here. @throws {Refusal} `source.exists`, `input.invalid`, `expression.invalid` */
export async function addSource(
  deps: ChannelsDeps,
  terms: SourceTerms,
  actor: string,
): Promise<{ readonly source: Source; readonly secret: string }> {
  assertMapping(terms.mapping);
  const secret = newSourceSecret(terms.proof);
  return deps.database.transaction(async (transaction) => {
    const at = deps.clock.now();
    const source = await insertSource(transaction, deps.vault, { ...terms, secret }, { at, actor });
    if (!source) throw nameTaken(terms.name);
    await record(deps, transaction, 'source.added', source, actor, { mapping: { ...terms.mapping } });
    return { source, secret };
  });
}

/** @throws {Refusal} `source.not-found`, `source.exists`, `input.invalid`, `expression.invalid` */
export async function changeSource(
  deps: ChannelsDeps,
  id: number,
  terms: Omit<SourceTerms, 'proof'>,
  actor: string,
): Promise<void> {
  assertMapping(terms.mapping);
  await deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    if (await isNameTaken(transaction, terms.name, id)) throw nameTaken(terms.name);
    await updateSource(transaction, id, terms);
    await record(deps, transaction, 'source.changed', { ...source, ...terms }, actor, {
      mapping: { ...terms.mapping },
    });
  });
}

/** The earlier secret is void at once; what the source sends again is not accepted twice. @throws {Refusal} `source.not-found` */
export async function renewSource(
  deps: ChannelsDeps,
  id: number,
  proof: Proof,
  actor: string,
): Promise<string> {
  const secret = newSourceSecret(proof);
  await deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    await replaceSecret(transaction, deps.vault, source, { proof, secret });
    await record(deps, transaction, 'source.secret-replaced', { ...source, proof }, actor);
  });
  return secret;
}

/** @throws {Refusal} `source.not-found` */
export async function closeSource(deps: ChannelsDeps, id: number, actor: string): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    await closeSourceRow(transaction, id, { at: deps.clock.now(), actor });
    await record(deps, transaction, 'source.closed', source, actor);
  });
}

async function sourceIn(transaction: Transaction, id: number): Promise<Source> {
  const source = await lockSource(transaction, id);
  if (source) return source;
  throw new Refusal('source.not-found', `没有编号为 ${id} 的在用来源`, {
    remedy: '来源列表见 GET /api/channel-sources',
  });
}

const nameTaken = (name: string): Refusal =>
  new Refusal('source.exists', `已有名为“${name.slice(0, 60)}”的来源`, {
    where: 'name',
    remedy: '换一个名称',
  });

async function record(
  { trail, clock }: ChannelsDeps,
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

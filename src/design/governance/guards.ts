/** Preconditions of decisions: bytes, base version. */
import { diagramSource } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Draft } from './draft.js';
import type { GovernanceDeps } from './drafts.js';
import { baseOf } from './look.js';
import { sha256Of } from './source.js';
import { sourceOf } from './store/draft-store.js';
import { listSubmissions, type Submission } from './store/submission-store.js';
import { newestVersion } from './store/version-store.js';

/** The bytes that a person has seen: a decision applies to no others. */
export interface Meant {
  readonly sha256: string;
}

export function assertSameBytes(draft: Draft, { sha256 }: Meant): void {
  if (sha256 === draft.sha256) return;
  throw new Refusal('draft.stale', `您看的不是现在的第 ${draft.revision} 稿：原文的 SHA-256 不同`, {
    where: 'sha256',
    remedy: '打开最新一稿，看过再办',
  });
}

/** @throws {Refusal} `draft.outdated` if the replaced version is no longer the newest */
export async function assertBase(
  { compare }: Pick<GovernanceDeps, 'compare'>,
  transaction: Transaction,
  { id, key, baseVersion }: Draft,
): Promise<void> {
  const newest = await newestVersion(transaction, key);
  if ((newest?.version ?? null) === baseVersion) return;
  if (newest === undefined) {
    throw new Refusal(
      'draft.outdated',
      `第 ${id} 号草案以“${key}”的第 ${baseVersion ?? 0} 版为基准，那一版生效以前已经撤回`,
      { where: 'baseVersion', remedy: '新建一份（原文可以导出再导入），撤回这一份' },
    );
  }
  if (baseVersion === null) {
    throw new Refusal(
      'draft.outdated',
      `第 ${id} 号草案是新建的，而标识“${key}”其间已有第 ${newest.version} 版，不能照此生效`,
      { where: 'baseVersion', remedy: '由起草的人换一个标识另起一份（原文可以导出再导入），撤回这一份' },
    );
  }
  const before = await baseOf(transaction, { key, baseVersion });
  const after = await diagramSource(transaction, key, newest.version);
  const changes = before === null ? [] : (await compare(key, before, after)).map(({ sentence }) => sentence);
  throw new Refusal(
    'draft.outdated',
    `第 ${id} 号草案以第 ${baseVersion} 版为基准，其后已有第 ${newest.version} 版：照此生效会把那一版的改动盖掉`,
    {
      where: 'baseVersion',
      remedy: `由起草的人看过第 ${newest.version} 版的改动，改以它为基准存一稿，重新提交、批准`,
      changes,
    },
  );
}

/**
 * The submission whose bytes the approval is bound to.
 *
 * @throws {Refusal} `draft.stale` if the bytes have changed since
 */
export async function boundSubmission(
  transaction: Transaction,
  draft: Draft,
): Promise<Submission & { readonly source: string }> {
  const submissions = await listSubmissions(transaction, draft.id);
  const bound = submissions.find(({ id }) => id === draft.submission);
  const source = await sourceOf(transaction, draft.id, draft.revision);
  if (bound?.sha256 === draft.sha256 && sha256Of(source) === draft.sha256) return { ...bound, source };
  throw new Refusal('draft.stale', `第 ${draft.id} 号草案的原文与提交时的 SHA-256 不符，批准不算数`, {
    where: 'sha256',
    remedy: '由审计人员查明；改过的重新提交、批准',
  });
}

export const authorsOf = ({ authors }: Draft): readonly string[] =>
  authors.filter(({ login }) => login !== '').map(({ login }) => `person:${login}`);

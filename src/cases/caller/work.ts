/**
 * Proof of work that a browser must compute before it may file. A challenge is signed, so that the
 * server stores none of those it issued; it expires, and serves once.
 */
import { z } from 'zod';
import { Refusal, type Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { spendWork } from './store/spent-work.js';
import type { Using } from '../parts.js';

type WorkDeps = Using<'clock' | 'filing' | 'vault'>;

export interface Work {
  /** The challenge as it was issued. */
  readonly challenge: string;
  readonly counter: number;
  readonly derivedKey: string;
}

/** Iterations of one derivation: a few milliseconds on a telephone. */
const cost = 5000;
const algorithm = 'PBKDF2/SHA-256';
const validFor = 30 * 60_000;

const secretOf = (vault: Vault): string => vault.match('proof of work').toString('hex');

/** The challenge as JSON for the browser; null if no work is required. */
export async function challenge({ clock, filing, vault }: WorkDeps): Promise<string | null> {
  if (filing.work === 0) return null;
  const { createChallenge, randomInt } = await import('altcha-lib');
  const { deriveKey } = await import('altcha-lib/algorithms/pbkdf2');
  const made = await createChallenge({
    ...{ algorithm, cost, deriveKey, hmacSignatureSecret: secretOf(vault) },
    // The counter is chosen here, between half and all of the work, so that no browser has bad
    // luck.
    counter: randomInt(Math.ceil(filing.work / 2), filing.work),
    // The library's own expiry is not used, because it reads another clock.
    data: { until: clock.now().getTime() + validFor },
  });
  return JSON.stringify(made);
}

const given = z.object({
  parameters: z.looseObject({
    algorithm: z.literal(algorithm),
    nonce: z.string(),
    salt: z.string(),
    cost: z.literal(cost),
    keyLength: z.literal(32),
    keyPrefix: z.string(),
    data: z.object({ until: z.number() }),
  }),
  signature: z.string(),
});

/** @throws {Refusal} `work.missing` if the challenge is not ours, expired, wrong or spent */
export async function spend(
  { clock, filing, vault }: WorkDeps,
  transaction: Transaction,
  work: Work | undefined,
): Promise<void> {
  if (filing.work === 0) return;
  if (!work) throw missing('没有附上页面的验算');
  const read = given.safeParse(parsed(work.challenge));
  if (!read.success) throw missing('验算的题不是本站出的');
  const { verifySolution } = await import('altcha-lib');
  const { deriveKey } = await import('altcha-lib/algorithms/pbkdf2');
  const { parameters, signature } = read.data;
  const { verified } = await verifySolution({
    ...{ deriveKey, hmacSignatureSecret: secretOf(vault), challenge: { parameters, signature } },
    solution: { counter: work.counter, derivedKey: work.derivedKey },
  });
  if (!verified) throw missing('验算不对');
  const now = clock.now();
  const until = new Date(parameters.data.until);
  if (until < now) throw missing('验算过期了');
  if (!(await spendWork(transaction, { signature, until }, now))) throw missing('这一次验算已经用过');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const missing = (what: string): Refusal =>
  new Refusal('work.missing', what, { where: 'work', remedy: '刷新页面再提交一次' });

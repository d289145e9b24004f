/**
 * A caller's proof that a sheet is theirs: twelve digits, issued once, typable on a telephone. Stored as a keyed hash.
 * Neither the answer nor its timing reveals whether a number exists.
 */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import { callerSecretOf, keepCallerSecret } from './store/caller-secret-store.js';
import { countFailure, failuresSince, signInFailureEntity } from './store/session-store.js';
import { lawOf } from '../kernel/law.js';
import type { Using } from './parts.js';

export interface CallerSecrets {
  /**
   * Issues a new secret of twelve digits for the sheet, which replaces the earlier one. It can be
   * read again only with the key under which it was issued.
   */
  issueIn(transaction: Transaction, no: string, key?: string): Promise<string>;
  /** The secret issued under the key; null if it has been replaced. */
  issuedIn(transaction: Transaction, no: string, key: string): Promise<string | null>;
  /** Counts a matter filed from the address. @throws {Refusal} `request.too-many` */
  assertMayFile(address: string): Promise<void>;
  /** Counts a question to the public knowledge base. @throws {Refusal} `request.too-many` */
  assertMayAsk(address: string): Promise<void>;
  /**
   * @param secret as typed: spaces and hyphens are ignored
   * @param address of the request, for counting failures
   * @throws {Refusal} `progress.not-found` for a wrong number and a wrong secret alike; `request.too-many`
   */
  prove(no: string, secret: string, address: string): Promise<void>;
}

export function createCallerSecrets(
  deps: Using<'clock' | 'database' | 'laws' | 'rules' | 'vault'>,
): CallerSecrets {
  const { clock, database, laws, vault } = deps;
  const { progress: limits, callers } = deps.rules.limits;
  const hashOf = (no: string, secret: string): Buffer => vault.match(`caller secret ${no} ${secret}`);

  /** Counted before the secret is checked, so that concurrent attempts are all counted. */
  const countAttempt = async (
    transaction: Transaction,
    by: readonly Subject[],
    withinMinutes = limits.withinMinutes,
  ): Promise<boolean> => {
    const now = clock.now();
    const since = new Date(now.getTime() - withinMinutes * 60_000);
    const names = by.map(({ name }) => name);
    const failures = await failuresSince(transaction, names, since);
    await countFailure(transaction, names, since, now);
    return by.every(({ name, most }) => (failures.get(name) ?? 0) < most);
  };

  const assertFew = async (subject: Subject, what: string): Promise<void> => {
    const { withinMinutes } = callers;
    const isOne = await database.transaction((transaction) =>
      countAttempt(transaction, [subject], withinMinutes),
    );
    if (isOne) return;
    throw new Refusal('request.too-many', `同一地址${what}的太多，请过 ${withinMinutes} 分钟再试`, {
      remedy: '急事请拨打 12345',
    });
  };

  const secretUnder = (no: string, key: string): string =>
    digitsOf(vault.match(`caller secret of ${no} under ${key}`).readBigUInt64BE() % 10n ** 12n);

  return {
    issuedIn: async (transaction, no, key) => {
      const secret = secretUnder(no, key);
      const kept = await callerSecretOf(transaction, no);
      return kept && timingSafeEqual(hashOf(no, secret), kept) ? secret : null;
    },
    assertMayFile: (address) =>
      assertFew({ name: `filing address ${address}`, most: callers.filingsOfAddress }, '提出'),
    assertMayAsk: (address) =>
      assertFew({ name: `asking address ${address}`, most: callers.questionsOfAddress }, '查找'),
    issueIn: async (transaction, no, key) => {
      const secret = key === undefined ? digitsOf(randomInt(10 ** 12)) : secretUnder(no, key);
      await keepCallerSecret(transaction, no, hashOf(no, secret), clock.now());
      return secret;
    },
    prove: async (no, secret, address) => {
      const number = createHash('sha256').update(no, 'utf8').digest('base64url');
      const ofNumber = { name: `progress number ${number}`, most: limits.failuresOfNumber };
      const subjects = [{ name: `progress address ${address}`, most: limits.queriesOfAddress }, ofNumber];
      if (!(await database.transaction((transaction) => countAttempt(transaction, subjects)))) {
        throw new Refusal('request.too-many', `查询失败的次数过多，请过 ${limits.withinMinutes} 分钟再试`, {
          remedy: '查询码遗失的，请拨打 12345 重新取得',
        });
      }
      const given = hashOf(no, secret.normalize('NFKC').replaceAll(/[\s-]/g, ''));
      const fits = await database.transaction(async (transaction) => {
        const kept = await callerSecretOf(transaction, no);
        const same = timingSafeEqual(given, kept ?? Buffer.alloc(given.length)) && kept !== undefined;
        if (same) await transaction.repository(signInFailureEntity).delete({ subject: ofNumber.name });
        return same;
      });
      if (!fits) {
        throw new Refusal('progress.not-found', '没有这个工单编号，或者查询码不对', {
          remedy: '核对工单编号和查询码；查询码遗失的，请拨打 12345 重新取得',
          provision: lawOf('progress', laws.today()),
        });
      }
    },
  };
}

const digitsOf = (number: number | bigint): string => String(number).padStart(12, '0');

interface Subject {
  readonly name: string;
  readonly most: number;
}

/**
 * Limits of log-in attempts. An address may be a whole office, so the strictest limit is per account and address, with
 * a growing delay. An address alone has a much higher limit, which does not apply to accounts that have logged in from
 * there before.
 */
import { createHash } from 'node:crypto';
import type { Transaction } from '../platform/database/index.js';
import {
  forgetFailures,
  isKnownPlace,
  keepFailures,
  keepKnownPlace,
  lockFailures,
  takeBack,
} from './store/session-store.js';
import type { Using } from './parts.js';

const minute = 60_000;

export interface SignInLimits {
  /**
   * Counted before the password is checked, so that concurrent attempts are all counted.
   *
   * @returns minutes to wait; undefined if allowed
   */
  count(transaction: Transaction, login: string, address: string): Promise<number | undefined>;
  succeeded(transaction: Transaction, login: string, address: string): Promise<void>;
}

export function createSignInLimits(deps: Using<'clock' | 'rules'>): SignInLimits {
  const limits = deps.rules.limits.signIn;

  /** Minutes to wait after the free failures: one, two, four, up to the longest. */
  const pauseAfter = (failures: number): number => {
    const over = failures - limits.failuresOfAccountAndAddress;
    return over < 0 ? 0 : Math.min(2 ** over, limits.withinMinutes) * minute;
  };

  return {
    count: async (transaction, login, address) => {
      const now = deps.clock.now().getTime();
      const { account, at, both, known } = subjectsOf(login, address);
      const rows = await lockFailures(transaction, [account, at, both], new Date(now));
      const within = (since: Date): boolean => now - since.getTime() < limits.withinMinutes * minute;
      const failures = (subject: string): number => {
        const row = rows.get(subject);
        return row && within((subject === both ? row.last : undefined) ?? row.since) ? row.count : 0;
      };
      const until = (rows.get(both)?.last?.getTime() ?? 0) + pauseAfter(failures(both));
      const isOver =
        failures(account) >= limits.failuresOfAccount ||
        (failures(at) >= limits.failuresOfAddress && !(await isKnownPlace(transaction, known)));
      if (!isOver && now >= until) {
        await keepFailures(
          transaction,
          [account, at, both].map((subject) => ({ subject, count: failures(subject) + 1 })),
          new Date(now),
        );
        return undefined;
      }
      return isOver ? limits.withinMinutes : Math.ceil((until - now) / minute);
    },
    succeeded: async (transaction, login, address) => {
      const { account, at, both, known } = subjectsOf(login, address);
      await forgetFailures(transaction, [account, both]);
      await takeBack(transaction, at);
      await keepKnownPlace(transaction, known, deps.clock.now());
    },
  };
}

/** Typed names may be passwords by mistake, and of any length: only their hash is stored. */
function subjectsOf(login: string, address: string) {
  const name = createHash('sha256').update(login, 'utf8').digest('base64url');
  return {
    account: `account ${name}`,
    at: `address ${address}`,
    both: `both ${name} ${address}`,
    known: `known ${name} ${address}`,
  };
}

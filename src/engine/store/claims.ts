/**
 * Claims what is due: locks the cases, passing over what other programs hold. Each of them may hold some at a time, and
 * what nobody holds is claimed in due order.
 */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { byId, columns, type CaseRow, type Cases } from './case-store.js';

export interface Claims {
  /** Up to `limit` due deadlines' cases, earliest first. Nothing answered means that nothing is to be had. */
  readonly claim: (transaction: Transaction, until: Date, limit: number) => Promise<Cases>;
}

/** The deadline at which the last claim ended, in the order of the index. */
interface Mark {
  readonly claimAt: Date | '-infinity';
  readonly caseId: string;
  /** When the pass began that has got so far. */
  readonly since: number;
}

/** Milliseconds after which a pass begins anew, for what others have let go of behind the mark. */
const longestPass = 1000;

/**
 * One program's claims. While a backlog is worked off, each goes on where the last one ended: the deadlines before it
 * are gone, but their places in the index are not until PostgreSQL has swept them, and with a hundred thousand gone at
 * once (or an old snapshot that keeps them) stepping over them would cost more than the claim.
 */
export function createClaims(clock: Clock): Claims {
  let mark: Mark | undefined;

  const after = async (transaction: Transaction, until: Date, limit: number, from: Mark): Promise<Cases> => {
    const rows = await transaction.prepared<ClaimRow>(`case-claim-${limit}`, claimSql(limit), [
      until,
      from.claimAt,
      from.caseId,
    ]);
    const last = rows.at(-1);
    transaction.afterCommit(() => {
      mark = last && { claimAt: last.claim_at, caseId: last.id, since: from.since };
    });
    return byId(rows);
  };

  return {
    claim: async (transaction, until, limit) => {
      const now = clock.now().getTime();
      if (mark && Math.abs(now - mark.since) < longestPass) {
        const claimed = await after(transaction, until, limit, mark);
        if (claimed.size > 0) return claimed;
      }
      return after(transaction, until, limit, { claimAt: '-infinity', caseId: '0', since: now });
    },
  };
}

interface ClaimRow extends CaseRow {
  claim_at: Date;
}

/**
 * The number stands in the text: planned once for any number, PostgreSQL would think of a tenth of all that is open and
 * might rather read and sort the whole table.
 */
const claimSql = (limit: number): string => `
  SELECT ${columns}, d.claim_at
    FROM deadline d JOIN process_case c ON c.id = d.case_id
   WHERE d.realm = 'live' AND d.claim_at <= $1 AND (d.claim_at, d.case_id) > ($2, $3::bigint)
   ORDER BY d.claim_at, d.case_id
   LIMIT ${Math.trunc(limit)}
     FOR UPDATE OF c SKIP LOCKED`;

/** Puts the due deadlines of a case off after a failure, each time twice as long; the legal instant stays. */
export async function putOff(
  transaction: Transaction,
  caseId: string,
  until: Date,
  failure: string,
): Promise<void> {
  await transaction.query(
    `UPDATE deadline
        SET attempts = attempts + 1, failure = $3,
            claim_at = $2::timestamptz + least(interval '1 hour', interval '5 seconds' * 2 ^ least(attempts, 10))
      WHERE case_id = $1::bigint AND claim_at <= $2`,
    [caseId, until, failure],
  );
}

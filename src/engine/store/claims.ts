/** Claims due deadlines by locking their cases, skipping those locked by other programs, in due order. */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { byId, columns, type CaseRow, type Cases } from './case-store.js';

export interface Claims {
  /** Cases of up to `limit` due deadlines, earliest first; empty if there are none. */
  readonly claim: (transaction: Transaction, until: Date, limit: number) => Promise<Cases>;
}

/** Cursor: the deadline at which the last claim ended, in index order. */
interface Mark {
  readonly claimAt: Date | '-infinity';
  readonly caseId: string;
  /** When the present pass over the index began. */
  readonly since: number;
}

/** Milliseconds after which a pass restarts, to find deadlines before the cursor that others have released. */
const longestPass = 1000;

/**
 * Claims of one program. During a backlog each claim continues where the last one ended: dead index entries before it
 * remain until VACUUM, and after a hundred thousand (or with an old snapshot that keeps them) skipping them would cost
 * more than the claim.
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

/** The number is inlined: for a parameter PostgreSQL would assume a tenth of all rows and might sort them. */
const claimSql = (limit: number): string => `
  SELECT ${columns}, d.claim_at
    FROM deadline d JOIN process_case c ON c.id = d.case_id
   WHERE d.realm = 'live' AND d.claim_at <= $1 AND (d.claim_at, d.case_id) > ($2, $3::bigint)
   ORDER BY d.claim_at, d.case_id
   LIMIT ${Math.trunc(limit)}
     FOR UPDATE OF c SKIP LOCKED`;

/** For a case whose row is false, the deadlines' own rows say what is due. In due order. */
export const dueRows = (transaction: Transaction, caseId: string, until: Date): Promise<readonly DueRow[]> =>
  transaction.query(
    `SELECT d.instance, d.timer, d.element, d.due_at AS "dueAt" FROM deadline d
      WHERE d.case_id = $1::bigint AND least(d.claim_at, d.due_at) <= $2 ORDER BY d.due_at, d.instance, d.timer`,
    [caseId, until],
  );

export interface DueRow {
  readonly instance: number;
  readonly timer: string;
  readonly element: string;
  readonly dueAt: Date;
}

/** Claims stuck firings whose retry is due. They are few, so they have their own order, apart from the claims above. */
export async function claimIncidents(transaction: Transaction, now: Date, limit: number): Promise<Cases> {
  return byId(
    await transaction.prepared<CaseRow>(
      'incident-claim',
      `SELECT ${columns} FROM incident i JOIN process_case c ON c.id = i.case_id
        WHERE i.realm = 'live' AND i.next_try <= $1
        ORDER BY i.next_try, i.case_id LIMIT $2 FOR UPDATE OF c SKIP LOCKED`,
      [now, limit],
    ),
  );
}

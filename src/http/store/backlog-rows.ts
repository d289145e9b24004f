import type { Transaction } from '../../platform/database/index.js';

export interface Waiting {
  /** Includes deadlines that are stuck. */
  readonly due: number;
  readonly dueOldest: Date | null;
  /** Number of stuck firings, and since when the oldest is stuck. */
  readonly incidents: number;
  readonly incidentSince: Date | null;
  readonly sessions: number;
  /** When the mayor's mailbox was last read to its end; null without one. */
  readonly mailboxReadAt: Date | null;
}

/** Due deadlines of live cases. It is an index-only scan, independent of how many are open. */
export async function waiting(transaction: Transaction, now: Date): Promise<Waiting> {
  const [row] = await transaction.query<Waiting>(
    `SELECT (SELECT count(*) FROM session_overview) AS sessions,
            (SELECT min(read_at) FROM mailbox_overview) AS "mailboxReadAt",
            d.due + i.timers AS due, least(d.oldest, i.oldest) AS "dueOldest",
            i.count AS incidents, i.since AS "incidentSince"
       FROM (SELECT count(*) AS due, min(claim_at) AS oldest FROM open_deadline
              WHERE realm = 'live' AND claim_at <= $1) d,
            (SELECT count(*) AS count, count(*) FILTER (WHERE kind = 'timer') AS timers, min(since) AS since,
                    min(due_at) FILTER (WHERE kind = 'timer') AS oldest
               FROM open_incident WHERE realm = 'live') i`,
    [now],
  );
  return (
    row ?? { due: 0, dueOldest: null, incidents: 0, incidentSince: null, sessions: 0, mailboxReadAt: null }
  );
}

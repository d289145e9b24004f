import type { Transaction } from '../../persistence/index.js';

export interface Waiting {
  readonly due: number;
  readonly dueOldest: Date | null;
  readonly sessions: number;
  /** When the mayor's mailbox was last read to its end; null without one. */
  readonly mailboxReadAt: Date | null;
}

/** Due deadlines of live cases: index-only, independent of how much else is open. */
export async function waiting(transaction: Transaction, now: Date): Promise<Waiting> {
  const [row] = await transaction.query<Waiting>(
    `SELECT (SELECT count(*) FROM session_overview) AS sessions,
            (SELECT min(read_at) FROM mailbox_overview) AS "mailboxReadAt", count(*) AS due, min(claim_at) AS "dueOldest"
       FROM open_deadline WHERE realm = 'live' AND claim_at <= $1`,
    [now],
  );
  return row ?? { due: 0, dueOldest: null, sessions: 0, mailboxReadAt: null };
}

/** Deliveries of checkpoints to places outside, as the outbox has them. */
import type { Transaction } from '../../platform/database/index.js';

/** Under which the outbox sends them. */
export const anchorKind = 'trail.anchor';

export interface Delivery {
  readonly anchor: string;
  /** Of the last checkpoint that it took. */
  readonly keptSize: number | null;
  readonly keptAt: Date | null;
  /** The last one that was put into the outbox. */
  readonly item: number;
  readonly size: number;
  readonly putAt: Date;
  /** Null while it is being tried. */
  readonly outcome: string | null;
  /** Why the last attempt failed; null if it did not, or there was none yet. */
  readonly failure: string | null;
}

/** The state of every anchor that was ever sent to. */
export const deliveries = (transaction: Transaction): Promise<readonly Delivery[]> =>
  transaction.query<Delivery>(
    `WITH ours AS (SELECT *, (about ->> 'size')::bigint AS size FROM outgoing_overview WHERE kind = $1),
          newest AS (SELECT DISTINCT ON (recipient) * FROM ours ORDER BY recipient, id DESC),
          kept AS (SELECT DISTINCT ON (recipient) * FROM ours WHERE outcome = 'sent' ORDER BY recipient, id DESC)
     SELECT recipient AS anchor, kept.size AS "keptSize", kept.settled_at AS "keptAt", newest.id AS item,
            newest.size, newest.added_at AS "putAt", newest.outcome, newest.failure
       FROM newest LEFT JOIN kept USING (recipient)`,
    [anchorKind],
  );

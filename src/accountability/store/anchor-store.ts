/** Deliveries of checkpoints to outside places, as the outbox records them. */
import type { Transaction } from '../../platform/database/index.js';

/** Kind of these items in the outbox. */
export const anchorKind = 'trail.anchor';

export interface Delivery {
  readonly anchor: string;
  /** Size of the last checkpoint that the place accepted. */
  readonly keptSize: number | null;
  readonly keptAt: Date | null;
  /** Number of the last item that was put into the outbox. */
  readonly item: number;
  readonly size: number;
  readonly putAt: Date;
  /** Outcome of the last item; null while it is pending. */
  readonly outcome: string | null;
  /** Why the last attempt failed; null if it succeeded, or if there was none yet. */
  readonly failure: string | null;
}

/** The state of every outside place that was ever sent a checkpoint. */
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

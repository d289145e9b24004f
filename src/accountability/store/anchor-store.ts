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
    `SELECT DISTINCT ON (recipient) recipient AS anchor, kept.size AS "keptSize", kept.at AS "keptAt", o.id AS item,
            (o.about ->> 'size')::bigint AS size, o.added_at AS "putAt", o.outcome, o.failure
       FROM outgoing_overview o
       LEFT JOIN LATERAL (
         SELECT (k.about ->> 'size')::bigint AS size, k.settled_at AS at FROM outgoing_overview k
          WHERE k.kind = $1 AND k.recipient = o.recipient AND k.outcome = 'sent' ORDER BY k.id DESC LIMIT 1
       ) AS kept ON true
      WHERE o.kind = $1 ORDER BY recipient, o.id DESC`,
    [anchorKind],
  );

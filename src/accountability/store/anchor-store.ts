/** Deliveries of checkpoints to places outside: every attempt, with its outcome. */
import type { Transaction } from '../../platform/database/index.js';

export interface Delivery {
  readonly anchor: string;
  /** Of the last checkpoint that it took. */
  readonly keptSize: number | null;
  readonly keptAt: Date | null;
  /** Of the last attempt. */
  readonly triedAt: Date;
  readonly attempt: number;
  /** Why the last attempt failed; null if it did not, or is still under way. */
  readonly failure: string | null;
  readonly isOpen: boolean;
}

/** The state of every anchor that was ever tried. */
export const deliveries = (transaction: Transaction): Promise<readonly Delivery[]> =>
  transaction.query<Delivery>(
    `SELECT DISTINCT ON (anchor) anchor, kept.size AS "keptSize", kept.ended_at AS "keptAt",
            t.started_at AS "triedAt", t.attempt, t.failure, t.ended_at IS NULL AS "isOpen"
       FROM trail_anchor_delivery t
       LEFT JOIN LATERAL (
         SELECT size, ended_at FROM trail_anchor_delivery k
          WHERE k.anchor = t.anchor AND k.ended_at IS NOT NULL AND k.failure IS NULL
          ORDER BY size DESC LIMIT 1
       ) AS kept ON true
      ORDER BY anchor, t.started_at DESC, t.attempt DESC`,
  );

/** @returns the attempt's number; undefined if another program has just begun the same one */
export async function beginDelivery(
  transaction: Transaction,
  { anchor, size, at }: { readonly anchor: string; readonly size: number; readonly at: Date },
): Promise<number | undefined> {
  const [row] = await transaction.query<{ attempt: number }>(
    `INSERT INTO trail_anchor_delivery (anchor, size, attempt, started_at)
     SELECT $1, $2, (SELECT coalesce(max(attempt), 0) + 1 FROM trail_anchor_delivery WHERE anchor = $1 AND size = $2), $3
     ON CONFLICT DO NOTHING RETURNING attempt`,
    [anchor, size, at],
  );
  return row?.attempt;
}

export async function endDelivery(
  transaction: Transaction,
  one: {
    readonly anchor: string;
    readonly size: number;
    readonly attempt: number;
    readonly at: Date;
    readonly failure: string | null;
  },
): Promise<void> {
  await transaction.query(
    `UPDATE trail_anchor_delivery SET ended_at = $4, failure = $5 WHERE anchor = $1 AND size = $2 AND attempt = $3`,
    [one.anchor, one.size, one.attempt, one.at, one.failure],
  );
}

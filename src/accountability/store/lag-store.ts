/** How far the tree lags behind the trail, and which transaction causes it. */
import type { Transaction } from '../../platform/database/index.js';

export interface TrailLag {
  /** When the oldest entry without a place was written, by the program's clock; null if there is none. */
  readonly unplacedSince: Date | null;
  /** Number of placed entries that no checkpoint covers. */
  readonly unsigned: number;
  readonly signedAt: Date | null;
}

/** The time in the entry counts where the entry states when it was recorded: its legal instant may be earlier. */
export async function trailLag(transaction: Transaction): Promise<TrailLag> {
  const [row] = await transaction.query<TrailLag>(
    `SELECT (SELECT coalesce(
               substring(encode(e.body, 'escape') FROM '"recordedAt":"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*(?:Z|[+-]\\d\\d:\\d\\d))"')::timestamptz,
               e.at)
               FROM trail_entry e
              WHERE e.xact >= horizon
                AND NOT EXISTS (SELECT FROM trail_leaf l WHERE l.stream = e.stream AND l.seq = e.seq)
              ORDER BY e.xact LIMIT 1) AS "unplacedSince",
            size - coalesce((SELECT max(size) FROM trail_checkpoint), 0) AS unsigned,
            (SELECT signed_at FROM trail_checkpoint ORDER BY size DESC LIMIT 1) AS "signedAt"
       FROM trail_log`,
  );
  if (!row) throw new Error('trail_log has no row');
  return row;
}

/** An open transaction with an id; `null` if the role may not see it. */
export interface OpenTransaction {
  readonly pid: number | null;
  readonly database: string | null;
  readonly user: string | null;
  readonly application: string | null;
  /** Name of the prepared transaction, if it is one. */
  readonly prepared: string | null;
}

/** The oldest open transaction of the whole server: entries get places up to it. Every role sees its lock. */
export async function oldestTransaction(transaction: Transaction): Promise<OpenTransaction | undefined> {
  const [row] = await transaction.query<OpenTransaction>(
    `SELECT l.pid, coalesce(a.datname, p.database) AS database, coalesce(a.usename, p.owner) AS "user",
            a.application_name AS application, p.gid AS prepared
       FROM pg_locks l
       LEFT JOIN pg_stat_activity a ON a.pid = l.pid
       LEFT JOIN pg_prepared_xacts p ON p.transaction = l.transactionid
      WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
        AND l.pid IS DISTINCT FROM pg_backend_pid()
      ORDER BY age(l.transactionid) DESC LIMIT 1`,
  );
  return row;
}

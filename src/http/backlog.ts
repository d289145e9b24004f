/** Current backlogs for `/metrics`; cheap enough to query every few seconds. */
import { countJobs } from '../platform/jobs/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { Backlog } from '../platform/telemetry/index.js';
import type { HttpDeps } from './deps.js';
import { waiting } from './store/backlog-rows.js';

/** @param trailFigures how far the tree is behind the trail, and whether nothing outside holds it */
export async function backlogOf(
  deps: Pick<HttpDeps, 'clock' | 'clockWatch' | 'database'>,
  trailFigures: (transaction: Transaction) => Promise<{
    readonly unplacedSince: Date | null;
    readonly unsigned: number;
    readonly signedAt: Date | null;
    readonly isUnanchored: boolean;
  }>,
): Promise<Backlog> {
  const { clock, clockWatch, database } = deps;
  const now = clock.now();
  const secondsSince = (at: Date | null): number =>
    at === null ? 0 : Math.max(0, (now.getTime() - at.getTime()) / 1000);
  const skew = await clockWatch.look();
  const { queue, rows, trail } = await database.transaction(async (transaction) => ({
    queue: await countJobs(transaction, now),
    rows: await waiting(transaction, now),
    trail: await trailFigures(transaction),
  }));
  const { waitingCount, idleCount, totalCount } = database.pool;
  return {
    due: rows.due,
    dueOldest: secondsSince(rows.dueOldest),
    incidents: rows.incidents,
    incidentOldest: secondsSince(rows.incidentSince),
    jobs: { waiting: queue.waiting, working: queue.working, failed: queue.failed },
    jobOldest: secondsSince(queue.oldest),
    sessions: rows.sessions,
    mailboxAge: secondsSince(rows.mailboxReadAt),
    unplacedOldest: secondsSince(trail.unplacedSince),
    unsigned: trail.unsigned,
    checkpointAge: secondsSince(trail.signedAt),
    unanchored: trail.isUnanchored ? 1 : 0,
    pool: { total: totalCount, idle: idleCount, waiting: waitingCount },
    clockSkew: skew.milliseconds / 1000,
  };
}

/**
 * Nightly job: writes the day's manifest, then verifies the trail, or one part of a large trail
 * each night; stores the result.
 */
import { z } from 'zod';
import {
  latestVerification,
  readWitnesses,
  sequence,
  verifyNightly,
  writeManifest,
  type Anchor,
  type Projection,
} from '../accountability/index.js';
import { addJobs, defineJob, handled, type Job } from '../platform/jobs/index.js';
import { Refusal } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import { nextRun, tonight } from './nightly.js';
import type { Using } from './parts.js';

interface DailyAuditDeps extends Using<'clock' | 'database' | 'laws' | 'trail'> {
  /** Outside places that keep checkpoints. */
  readonly anchors: () => Promise<readonly Anchor[]>;
  readonly projections: readonly Projection[];
}

const kind = defineJob('trail.daily', z.strictObject({}), {
  title: '轨迹的每日清单和核验',
  subject: () => '全库',
  attempts: 8,
});

export function dailyAudit(deps: DailyAuditDeps): Job {
  return handled(kind, async () => {
    const { database, clock } = deps;
    await sequence(database);
    if ((await writeManifest(deps)) === 'busy') {
      throw new Refusal('trail.behind', '清单没有写成:别的程序正在排号,或者还没有条目', {
        remedy: '稍后自动再试',
      });
    }
    const witnesses = await readWitnesses();
    await verifyNightly({ ...deps, witnesses: witnesses.map(({ vkey }) => vkey) });
    await database.transaction(async (transaction) => add(transaction, tonight(clock.now())));
  });
}

/** Call at program start. */
export async function scheduleDailyAudit({
  database,
  clock,
}: Pick<DailyAuditDeps, 'database' | 'clock'>): Promise<void> {
  await database.transaction(async (transaction) => {
    const last = await latestVerification(transaction);
    add(transaction, await nextRun(transaction, clock.now(), last?.startedAt));
  });
}

/** At most one audit is queued. */
const add = (transaction: Transaction, runAt: Date): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);

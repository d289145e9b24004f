/**
 * Nightly job: writes the day's manifest, then verifies the trail, or one part of a large trail
 * each night; stores the result.
 */
import {
  latestVerification,
  readWitnesses,
  sequence,
  verifyNightly,
  writeManifest,
  type Anchor,
  type Projection,
} from '../accountability/index.js';
import type { Job } from '../platform/jobs/index.js';
import { Refusal } from '../kernel/index.js';
import { nextRun, nightly } from './nightly.js';
import type { Using } from './parts.js';

interface DailyAuditDeps extends Using<'clock' | 'database' | 'laws' | 'trail'> {
  /** Outside places that keep checkpoints. */
  readonly anchors: () => Promise<readonly Anchor[]>;
  readonly projections: readonly Projection[];
}

const { job, schedule } = nightly('trail.daily', '轨迹的每日清单和核验');

export const dailyAudit = (deps: DailyAuditDeps): Job =>
  job(deps, async () => {
    await sequence(deps.database);
    if ((await writeManifest(deps)) === 'busy') {
      throw new Refusal('trail.behind', '清单没有写成：别的程序正在排号，或者还没有条目', {
        remedy: '稍后自动再试',
      });
    }
    const witnesses = await readWitnesses();
    await verifyNightly({ ...deps, witnesses: witnesses.map(({ vkey }) => vkey) });
  });

/** Call at program start. */
export const scheduleDailyAudit = (deps: Using<'clock' | 'database'>): Promise<void> =>
  schedule(deps, async (transaction, now) =>
    nextRun(transaction, now, (await latestVerification(transaction))?.startedAt),
  );

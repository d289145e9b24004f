/** Deletes what has expired: logs after some days, results of checks after some weeks. */
import { z } from 'zod';
import { defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { dropOverdue } from '../store/uploaded-logs.js';

export const droppingJob = defineJob('old-log.drop', z.strictObject({}), {
  title: '清除到期的旧日志',
  subject: () => '旧日志',
  attempts: 12,
});

/** Milliseconds; an upload that is incomplete by then never completes. */
const brokenAfter = 3_600_000;

export const logDroppingJob = ({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): Job =>
  handled(droppingJob, async () => {
    const now = clock.now();
    await database.transaction((transaction) =>
      dropOverdue(transaction, now, new Date(now.getTime() - brokenAfter)),
    );
  });

import { countJobs, countTroubled, describeJob, failedJobs, retryJobs } from '../../platform/jobs/index.js';
import { Refusal } from '../../kernel/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function jobHandlers({ clock, jobs }: HttpDeps): Pick<Handlers, 'listFailedJobs' | 'retryJob'> {
  return {
    listFailedJobs: async ({ query: { limit, cursor, name, retrying } }, transaction) => {
      const also = retrying === 'true';
      const before = markOf(marks.id, cursor)?.[0];
      const total = also
        ? await countTroubled(transaction)
        : (await countJobs(transaction, clock.now())).failed;
      const read = await failedJobs(transaction, {
        ...{ limit: limit + 1, name, retrying: also },
        before: before === undefined ? undefined : Number(before),
      });
      const { rows, next } = pageOf(read, limit, ({ id }) => [String(id)]);
      return { total, limit, next, items: rows.map((row) => describeJob(jobs, row)) };
    },
    retryJob: async ({ params: { id } }, transaction) => {
      const retried = await retryJobs(transaction, [id]);
      if (retried.length === 0) {
        throw new Refusal('job.not-found', `没有编号为 ${id} 的失败任务`, {
          remedy: '编号见 GET /api/jobs/failed；已经放回队列的不在其中',
        });
      }
      return { id };
    },
  };
}

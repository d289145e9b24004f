import { toShanghaiIso } from '../../kernel/civil-date.js';
import { countJobs, countTroubled, describeJob, failedJobs, retryJobs } from '../../platform/jobs/index.js';
import { Refusal } from '../../kernel/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function jobHandlers({
  clock,
  database,
  jobs,
}: HttpDeps): Pick<Handlers, 'listFailedJobs' | 'retryJob'> {
  return {
    listFailedJobs: async ({ query: { limit, cursor, name, retrying } }) => {
      const also = retrying === 'true';
      const before = markOf(marks.id, cursor)?.[0];
      const { total, read } = await database.transaction(async (transaction) => ({
        total: also ? await countTroubled(transaction) : (await countJobs(transaction, clock.now())).failed,
        read: await failedJobs(transaction, {
          limit: limit + 1,
          name,
          retrying: also,
          before: before === undefined ? undefined : Number(before),
        }),
      }));
      const { rows, next } = pageOf(read, limit, ({ id }) => [String(id)]);
      const items = rows.map((row) => {
        const { addedAt, nextTry, ...described } = describeJob(jobs, row);
        const at = { addedAt: toShanghaiIso(addedAt), nextTry: nextTry && toShanghaiIso(nextTry) };
        return { ...described, ...at };
      });
      return { status: 200, body: { total, limit, next, items } };
    },
    retryJob: async ({ params: { id } }) => {
      const retried = await database.transaction((transaction) => retryJobs(transaction, [id]));
      if (retried.length === 0) {
        throw new Refusal('job.not-found', `没有编号为 ${id} 的失败任务`, {
          remedy: '编号见 GET /api/jobs/failed;已经放回队列的不在其中',
        });
      }
      return { status: 200, body: { id } };
    },
  };
}

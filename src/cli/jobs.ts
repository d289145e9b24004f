/** `hotline jobs failed|retry`: lists jobs that failed after all attempts, and queues them again. */
import { toShanghaiIso } from '../kernel/civil-date.js';
import { Refusal } from '../kernel/refusal.js';
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { withSystem } from './frame/with-system.js';

export function register(program: ChineseCommand): void {
  const jobs = program.word('jobs', '任务队列');
  jobs.word('failed', '列出试满次数仍未成功的任务（至多 200 件），新的在前').json().answersOfSystem(failed);
  jobs
    .word('retry', '把失败的任务放回队列，由运行中的 hotline serve 接着做')
    .argument('[编号...]', '任务编号，见 hotline jobs failed')
    .option('--all', '全部失败的任务')
    .answers(retry);
}

async function failed({ database, jobs }: System): Promise<Answer> {
  const { describeJob, failedJobs } = await import('../platform/jobs/index.js');
  const rows = await database.transaction((transaction) => failedJobs(transaction, { limit: 200 }));
  const data = rows.map((row) => {
    const { addedAt, nextTry: _never, ...described } = describeJob(jobs, row);
    return { ...described, addedAt: toShanghaiIso(addedAt) };
  });
  const lines = data.map(
    ({ id, title, subject, attempts, error, addedAt }) =>
      `${id}  ${addedAt}  ${title}  ${subject}  试过 ${attempts} 次：${error}`,
  );
  return { data, words: lines.join('\n') || '没有失败的任务' };
}

async function retry(texts: string[], { all }: { readonly all?: boolean }): Promise<Answer> {
  const ids = texts.map(Number);
  if (all ? ids.length > 0 : ids.length === 0 || !ids.every((id) => Number.isSafeInteger(id) && id > 0)) {
    throw new Refusal('usage.invalid', '要放回哪些任务没有写明白', {
      remedy: '写任务编号，例如 hotline jobs retry 17 18；全部放回写 --all',
    });
  }
  const { retryJobs } = await import('../platform/jobs/index.js');
  return withSystem('jobs retry', ({ database }) =>
    database.transaction(async (transaction) => {
      const found = await retryJobs(transaction, all ? undefined : ids);
      const missing = all ? [] : ids.filter((id) => !found.includes(id));
      // All or none: an unknown number is refused before any job is queued.
      if (missing.length > 0) {
        throw new Refusal('job.not-found', `没有编号为 ${missing.join('、')} 的失败任务`, {
          remedy: '编号见 hotline jobs failed',
        });
      }
      return `已放回 ${found.length} 件`;
    }),
  );
}

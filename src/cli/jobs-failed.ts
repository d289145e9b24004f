/** `hotline jobs failed`: jobs that failed after all attempts. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  group(program, 'jobs', '任务队列')
    .command('failed')
    .description('列出试满次数仍未成功的任务(至多 200 件),新的在前')
    .option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => guarded(() => run(options)));
}

async function run({ json }: { readonly json?: boolean }): Promise<void> {
  const { describeJob, failedJobs } = await import('../platform/jobs/index.js');
  const { toShanghaiIso } = await import('../kernel/civil-date.js');
  await withSystem('jobs failed', async ({ database, jobs }) => {
    const rows = await database.transaction((transaction) => failedJobs(transaction, { limit: 200 }));
    const failed = rows.map((row) => {
      const { addedAt, nextTry: _never, ...described } = describeJob(jobs, row);
      return { ...described, addedAt: toShanghaiIso(addedAt) };
    });
    const lines = json
      ? [JSON.stringify(failed)]
      : failed.map(
          ({ id, title, subject, attempts, error, addedAt }) =>
            `${id}  ${addedAt}  ${title}  ${subject}  试过 ${attempts} 次:${error}`,
        );
    return (lines.length > 0 ? lines : ['没有失败的任务']).join('\n');
  });
}

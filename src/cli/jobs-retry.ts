/** `hotline jobs retry`: puts failed jobs back into the queue. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  group(program, 'jobs', '任务队列')
    .command('retry')
    .description('把失败的任务放回队列,由运行中的 hotline serve 接着做')
    .argument('[编号...]', '任务编号,见 hotline jobs failed')
    .option('--all', '全部失败的任务')
    .action((ids: string[], options: { all?: boolean }) => guarded(() => run(ids, options)));
}

async function run(texts: readonly string[], { all }: { readonly all?: boolean }): Promise<void> {
  const { Refusal } = await import('../kernel/index.js');
  const ids = texts.map(Number);
  if (all ? ids.length > 0 : ids.length === 0 || !ids.every((id) => Number.isSafeInteger(id) && id > 0)) {
    throw new Refusal('usage.invalid', '要放回哪些任务没有写明白', {
      remedy: '写任务编号,例如 hotline jobs retry 17 18;全部放回写 --all',
    });
  }
  const { retryJobs } = await import('../platform/jobs/index.js');
  await withSystem('jobs retry', async ({ database }) => {
    const retried = await database.transaction(async (transaction) => {
      const found = await retryJobs(transaction, all ? undefined : ids);
      const missing = all ? [] : ids.filter((id) => !found.includes(id));
      // All or none: an unknown number is refused before anything happens.
      if (missing.length > 0) {
        throw new Refusal('job.not-found', `没有编号为 ${missing.join('、')} 的失败任务`, {
          remedy: '编号见 hotline jobs failed',
        });
      }
      return found;
    });
    return `已放回 ${retried.length} 件`;
  });
}

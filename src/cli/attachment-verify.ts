/** `hotline attachment verify`: every kept file against the hash in the trail. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  group(program, 'attachment', '附件')
    .command('verify')
    .description('逐个读出附件,与轨迹记下的哈希相比:不在的、被换过的列出来,有的以 1 退出')
    .option('--json', '输出 JSON')
    .action(({ json }: { readonly json?: boolean }) => guarded(() => run(json)));
}

async function run(json: boolean | undefined): Promise<void> {
  const { verifyAttachments } = await import('../cases/index.js');
  const onProgress = (checked: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r已核验 ${checked} 个`);
  };
  await withSystem('attachment verify', async (system) => {
    const { checked, findings } = await verifyAttachments(system, onProgress);
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.exitCode = findings.length === 0 ? 0 : 1;
    if (json) return JSON.stringify({ checked, findings });
    return [
      findings.length === 0
        ? `${checked} 个附件,都是轨迹记下的`
        : `${checked} 个附件,其中 ${findings.length} 个不在或者被换过:`,
      ...findings.map(({ workOrder, attachment, what }) => `${workOrder} 的附件 ${attachment}:${what}`),
    ].join('\n');
  });
}

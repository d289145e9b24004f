/** `hotline trail export`: what an auditor takes away. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly case: string;
  readonly out: string;
  readonly requester: string;
  readonly purpose: string;
}

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('export')
    .description('导出一件工单的审计包(ZIP):轨迹、证明、签名、流程图、核验程序;导出本身记入轨迹')
    .requiredOption('--case <编号>', '工单编号')
    .requiredOption('--out <文件>', '审计包写到哪里')
    .requiredOption('--requester <姓名>', '谁要的')
    .requiredOption('--purpose <用途>', '作什么用')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ case: no, out, requester, purpose }: Options): Promise<void> {
  const { logKeyFileOf, readSigner } = await import('../accountability/index.js');
  const { exportCase } = await import('../casework/index.js');
  const { databaseSettings } = await import('../persistence/index.js');
  await withSystem('trail export', async (system) => {
    const signer = await readSigner(logKeyFileOf(databaseSettings().directory));
    const bytes = await exportCase({ ...system, signer }, { no, requester, purpose });
    await writeFile(out, bytes).catch((cause: Error) => {
      throw new Refusal('file.unreadable', `审计包 ${out} 写不了:${cause.message}`, {
        remedy: '核对路径和权限',
        cause,
      });
    });
    return `已写到 ${out}(${bytes.length} 字节)。核验:node verifier/verify.mjs ${out}`;
  });
}

/** `hotline trail log`: writes the whole trail to a folder for `verifier/verify.mjs log`. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { systemUser } from './system-user.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly out: string;
  readonly requester: string;
  readonly purpose: string;
}

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('log')
    .description('把全库轨迹写到一个文件夹,供核验程序的 log、compare 方式核验;导出本身记入轨迹')
    .requiredOption('--out <文件夹>', '写到哪里(新的或空的文件夹)')
    .requiredOption('--requester <姓名>', '谁要的')
    .requiredOption('--purpose <用途>', '作什么用')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ out, requester, purpose }: Options): Promise<void> {
  const { askWitnesses, readWitnesses } = await import('../accountability/index.js');
  const { byCommand, exportLog } = await import('../cases/index.js');
  const onProgress = (entries: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r已写 ${entries} 条`);
  };
  await withSystem('trail log', async (system) => {
    const signer = await system.signer();
    const witnesses = await readWitnesses();
    const onError = (error: unknown): void => system.log.warn(String((error as Error).message));
    const witness = (): Promise<number> => askWitnesses({ ...system, witnesses, onError });
    const order = { requester, exporter: byCommand('trail log', systemUser()), purpose };
    const count = await exportLog({ ...system, signer, witness }, order, out, onProgress);
    if (process.stderr.isTTY) process.stderr.write('\n');
    return `全库 ${count} 条已写到 ${out}。核验:node verifier/verify.mjs log ${out}`;
  });
}

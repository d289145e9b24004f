/** `hotline trail verify`: verifies all chains and the tree in the database. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly note: readonly string[];
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('verify')
    .description('核验数据库里的轨迹:各链、全库的树、签名和联署、清单、触发器;结果留在库里,不成立以 1 退出')
    .option('--note <文件...>', '自己留存的检查点(可以几个):核对历史有没有被重写、截短', [])
    .option('--json', '输出 JSON')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ note, json }: Options): Promise<void> {
  const { attacks, verifyTrail } = await import('../accountability/index.js');
  const kept = await Promise.all(
    note.map((file) =>
      readFile(file, 'utf8').catch((cause: Error) => {
        throw new Refusal('file.unreadable', `${file} 读不了:${cause.message}`, {
          remedy: '核对路径',
          cause,
        });
      }),
    ),
  );
  const onProgress = (rows: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r已读 ${rows} 行`);
  };
  await withSystem('trail verify', async (system) => {
    const { holds, facts, findings, ...counts } = await verifyTrail({ ...system, kept, onProgress });
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.exitCode = holds ? 0 : 1;
    const said = findings.map((one) => ({ ...one, name: attacks[one.attack] }));
    if (json) return JSON.stringify({ holds, facts, findings: said, ...counts });
    return [
      ...facts,
      holds ? '结论:全部成立' : '结论:不成立',
      ...said.map(({ name, detail }) => `【${name}】${detail}`),
    ].join('\n');
  });
}

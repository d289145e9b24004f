/** `hotline trail verify`: verifies all chains and the tree in the database. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import type { System } from '../main.js';
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
    .description(
      '核验数据库里的轨迹:各链、全库的树、签名和联署、清单、触发器;结果留在库里。不成立以 1 退出,判断不了(损坏、空的、打不开)以 3 退出',
    )
    .option('--note <文件...>', '自己留存的检查点(可以几个):核对历史有没有被重写、截短', [])
    .option('--json', '输出 JSON')
    .action((options: Options) => guarded(() => run(options), exitCodes.damaged));
}

async function run({ note, json }: Options): Promise<void> {
  const { attacks, readWitnesses, verifyTrail } = await import('../accountability/index.js');
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
  const witnesses = (await readWitnesses()).map(({ vkey }) => vkey);
  const verify = async (system: System): Promise<string> => {
    const { holds, verdict, facts, findings, ...counts } = await verifyTrail({
      ...system,
      kept,
      witnesses,
      onProgress,
    });
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.exitCode = exitCodes[verdict.state];
    const said = findings.map((one) => ({ ...one, name: attacks[one.attack] }));
    if (json) return JSON.stringify({ holds, verdict, facts, findings: said, ...counts });
    return [
      ...facts,
      '',
      ...verdict.sentences,
      ...said.map(({ name, detail }) => `【${name}】${detail}`),
      `结论:${verdict.conclusion}`,
      ...verdict.next.map((step) => `下一步:${step}`),
    ].join('\n');
  };
  await withSystem('trail verify', verify, { existing: true });
}

/** As the independent verifier's. */
const exitCodes = { genuine: 0, 'not-genuine': 1, damaged: 3, unused: 3 } as const;

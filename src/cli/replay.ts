/** `hotline replay FILE`: runs real messages through engine and database with a simulated clock. */
import type { Command } from 'commander';
import type { RuntimeName } from '../engine/index.js';
import { guarded } from './run.js';

interface Options {
  readonly out?: string;
  readonly runtime?: string;
}

export function register(program: Command): void {
  program
    .command('replay')
    .description('回放真实诉求:逐件走完受理、办理、督办、问责,按当时的时间推算时限')
    .argument('<文件>', '每行一件诉求的 JSONL 文件(no、title、text、receivedAt、repliedAt……)')
    .option('--out <文件>', '逐件结果写入这个 JSONL 文件')
    .option('--runtime <引擎>', '执行引擎:token(默认)或 bpmn-engine')
    .action((file: string, options: Options) => guarded(() => run(file, options)));
}

async function run(file: string, options: Options): Promise<void> {
  const { Refusal, systemClock } = await import('../kernel/index.js');
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  const runtime = runtimeOf(options.runtime, Refusal);
  const { stat } = await import('node:fs/promises');
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const { openSystem } = await import('../main.js');
  const { installShipped } = await import('../design/governance/index.js');
  const { replay, createSummary } = await import('../cases/replay/index.js');
  const { databaseSettings } = await import('../platform/database/index.js');
  const { openOutput } = await import('./output-file.js');
  const { progressBar } = await import('./progress.js');
  const { summaryTable } = await import('./summary-table.js');

  const system = await openSystem({
    clock: systemClock,
    applicationName: 'hotline replay',
    ...databaseSettings(),
  });
  findingsInChinese();
  const law = system.laws.today();
  const summary = createSummary(law);
  let bad = 0;
  try {
    await installShipped({ ...system, ...system.governance });
    const output = options.out === undefined ? undefined : await openOutput(options.out);
    const bar = progressBar('回放', size);
    try {
      await replay(system, file, {
        ...(runtime === undefined ? {} : { runtime }),
        onLine: async (line) => {
          summary.add(line);
          await output?.write(`${JSON.stringify(line)}\n`);
        },
        onBad: (number, reason) => {
          bad += 1;
          bar.interrupt(`第 ${number} 行:${reason},已跳过`);
        },
        onProgress: (bytes) => bar.update(bytes),
      });
      await output?.commit();
    } finally {
      bar.stop();
      await output?.discard();
    }
  } finally {
    await system.close();
  }
  console.log(summaryTable(summary, bad, law));
  if (bad > 0) process.exitCode = 1;
}

function runtimeOf(
  name: string | undefined,
  Refusal: typeof import('../kernel/index.js').Refusal,
): RuntimeName | undefined {
  if (name === undefined || name === 'token' || name === 'bpmn-engine') return name;
  throw new Refusal('usage.invalid', `没有名为“${name}”的执行引擎`, {
    remedy: '可用 --runtime token 或 --runtime bpmn-engine',
  });
}

/** `hotline replay FILE`: runs real messages through engine and database with a simulated clock. */
import type { Summary } from '../cases/replay/index.js';
import { inBrackets, lawOf, type Law } from '../kernel/law.js';
import type { ChineseCommand } from './frame/chinese-command.js';
import { withSystem } from './frame/with-system.js';

export function register(program: ChineseCommand): void {
  program
    .word('replay', '回放真实诉求：逐件走完受理、办理、督办、问责，按当时的时间推算时限')
    .argument('<文件>', '每行一件诉求的 JSONL 文件（no、title、text、receivedAt、repliedAt……）')
    .option('--out <文件>', '逐件结果写入这个 JSONL 文件')
    .answers(run);
}

interface Options {
  readonly out?: string;
}

async function run(file: string, options: Options): Promise<string> {
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  const { stat } = await import('node:fs/promises');
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const { installShipped } = await import('../design/governance/index.js');
  const { replay, createSummary } = await import('../cases/replay/index.js');
  const { openOutput } = await import('./frame/output-file.js');
  const { progressBar } = await import('./frame/progress.js');
  return withSystem('replay', async (system) => {
    findingsInChinese();
    const law = system.laws.today();
    const summary = createSummary(law);
    let bad = 0;
    await installShipped({ ...system, ...system.governance });
    const output = options.out === undefined ? undefined : await openOutput(options.out);
    const bar = progressBar('回放', size);
    try {
      await replay(system, file, {
        onLine: async (line) => {
          summary.add(line);
          await output?.write(`${JSON.stringify(line)}\n`);
        },
        onBad: (number, reason) => {
          bad += 1;
          bar.interrupt(`第 ${number} 行：${reason}，已跳过`);
        },
        onProgress: (bytes) => bar.update(bytes),
      });
      await output?.commit();
    } finally {
      bar.stop();
      await output?.discard();
    }
    if (bad > 0) process.exitCode = 1;
    return inWords(summary, bad, law);
  });
}

async function inWords(summary: Summary, bad: number, law: Law): Promise<string> {
  const { levelNames } = await import('../cases/replay/index.js');
  const { tableOf } = await import('./frame/table.js');
  const share = (count: number): string =>
    summary.cases === 0 ? '–' : `${((100 * count) / summary.cases).toFixed(1)} %`;
  const nameOf = (level: string): string =>
    level === '无' ? '未触发任何提醒' : `最高到：${levelNames(law).get(level) ?? level}`;
  const counts: readonly (readonly [string, number])[] = [
    ['全部', summary.cases],
    ['按时答复', summary.onTime],
    [`超期答复${inBrackets(lawOf('time-limit', law))}`, summary.late],
    ...[...summary.byLevel].map(([level, count]) => [nameOf(level), count] as const),
    ...[...summary.byOutcome].map(([outcome, count]) => [`结果：${outcome || '（未记）'}`, count] as const),
  ];
  const rows = counts.map(([what, count]) => [what, count, share(count)]);
  if (bad > 0) rows.push(['有误而跳过的行', bad, '']);
  return tableOf(['回放结果', '件数', '占比'], rows, { colAligns: ['left', 'right', 'right'] });
}

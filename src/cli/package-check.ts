/** `hotline package check DIR`: whether a city can run on the package; what is missing or contradictory in it. */
import type { Command } from 'commander';
import { usePackage } from '../kernel/package-root.js';
import type { PackageFinding } from '../design/package/index.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly on?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'package', '城市的条例包')
    .command('check')
    .description('核对条例包:缺什么,哪里前后不合,流程图、决策表能否发布,情景是否成立')
    .argument('[文件夹]', '里面有 regulation/ 和 processes/;不写是 HOTLINE_PACKAGE 的,或者随附的')
    .option('--on <日期>', '按这一天的法,例如 2027-01-01;不写是今天')
    .option('--json', '输出 JSON')
    .action((folder: string | undefined, options: Options) => guarded(() => run(folder, options)));
}

async function run(folder: string | undefined, { on, json }: Options): Promise<void> {
  usePackage(folder);
  const { civilDateOf, parseCivilDate } = await import('../kernel/civil-date.js');
  const { systemClock } = await import('../kernel/index.js');
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  if (on !== undefined) parseCivilDate(on);
  const day = on ?? civilDateOf(systemClock.now());
  findingsInChinese();
  // Thrown as a refusal: without it nothing else can be looked at.
  (await import('../law/regulation/index.js')).assertCatalogueReadable();
  const { checkPackage } = await import('../design/package/index.js');
  const report = await checkPackage(day);
  const errors = report.findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) process.exitCode = 1;
  if (json) return void process.stdout.write(`${JSON.stringify(report)}\n`);
  for (const finding of report.findings) console.log(inWords(finding));
  const { regulation, diagrams, scenarios, findings } = report;
  console.log(`${regulation ?? '条例目录读不出来'}:流程图 ${diagrams} 张,情景 ${scenarios} 个`);
  console.log(
    errors > 0
      ? `不能据以运行:错误 ${errors} 处,提醒 ${findings.length - errors} 处`
      : `可以据以运行${findings.length > 0 ? `;提醒 ${findings.length} 处` : ''}`,
  );
}

const inWords = ({ severity, where, what, fix }: PackageFinding): string =>
  `${severity === 'error' ? '✗' : '▲'} ${where}\n    ${what}\n    怎么办:${fix}`;

/** `hotline calendar check`: compares the sources day by day. */
import type { Command } from 'commander';
import { calendarInUse, loadedOption } from './calendar-in-use.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly since: string;
  readonly loaded?: boolean;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('check')
    .description('逐日比对 chinese-workday 与国务院放假安排,列出说法不一的日子')
    .option('--since <年份>', '从哪一年起', '2018')
    .option(...loadedOption)
    .option('--json', '输出 JSON')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ since, loaded, json }: Options): Promise<void> {
  const { comparisonAsJson, comparisonSince } = await import('../calendar/index.js');
  const comparison = comparisonSince(await calendarInUse(loaded), since);
  const { from, to, days, disagreements } = comparison;
  const { statementInWords } = await import('./calendar-day-forms.js');
  const text = json
    ? JSON.stringify(comparisonAsJson(comparison))
    : [
        `比对 ${from} 至 ${to},共 ${days} 天,说法不一 ${disagreements.length} 天(以列在最前的来源为准):`,
        ...disagreements.map(
          ({ day, statements }) => `  ${day.date}  ${statements.map(statementInWords).join(';')}`,
        ),
      ].join('\n');
  process.stdout.write(`${text}\n`);
}

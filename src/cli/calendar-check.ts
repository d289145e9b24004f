/** `hotline calendar check`: the sources held against each other, day by day. */
import type { Command } from 'commander';
import { Refusal } from '../kernel/index.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly since: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('check')
    .description('逐日比对 chinese-workday 与国务院放假安排,列出说法不一的日子')
    .option('--since <年份>', '从哪一年起', '2018')
    .option('--json', '输出 JSON')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ since, json }: Options): Promise<void> {
  const { commonSpan, compareSources, defaultCalendar, settledYears } = await import('../calendar/index.js');
  const calendar = defaultCalendar();
  const span = /^\d{4}$/.test(since) ? commonSpan(calendar, Number(since)) : undefined;
  if (!span) {
    const years = settledYears(calendar, 'package');
    throw new Refusal('calendar.invalid', `自“${since}”年起没有可比对的年份`, {
      remedy: `两个来源都有的年份是 ${years[0] ?? '无'} 至 ${years.at(-1) ?? '无'}`,
    });
  }
  const { from, to, days, disagreements } = compareSources(calendar, span.from, span.to);
  const { dayAsJson, statementInWords } = await import('./calendar-day-forms.js');
  const text = json
    ? JSON.stringify({ from, to, days, disagreements: disagreements.map(({ day }) => dayAsJson(day)) })
    : [
        `比对 ${from} 至 ${to},共 ${days} 天,说法不一 ${disagreements.length} 天(以列在最前的来源为准):`,
        ...disagreements.map(
          ({ day, statements }) => `  ${day.date}  ${statements.map(statementInWords).join(';')}`,
        ),
      ].join('\n');
  process.stdout.write(`${text}\n`);
}

/** `hotline calendar day DATE`: a day by all sources. */
import type { Command } from 'commander';
import { calendarInUse, loadedOption } from './calendar-in-use.js';
import { group } from './group.js';
import { guarded } from './run.js';

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('day')
    .description('一天是不是工作日,依据是什么,各来源怎么说')
    .argument('<日期>', '例如 2026-10-10')
    .option(...loadedOption)
    .option('--json', '输出 JSON')
    .action((date: string, options: { loaded?: boolean; json?: boolean }) =>
      guarded(async () => {
        const { dayAsJson } = await import('../calendar/index.js');
        const { parseCivilDate } = await import('../kernel/civil-date.js');
        const { dayInWords } = await import('./calendar-day-forms.js');
        const asked = parseCivilDate(date);
        const day = (await calendarInUse(options.loaded)).day(asked);
        process.stdout.write(`${options.json ? JSON.stringify(dayAsJson(day)) : dayInWords(day)}\n`);
      }),
    );
}

/** `hotline calendar due|day|check|load`: working days, limits, and the schedules behind them. */
import type { ChineseCommand } from '../frame/chinese-command.js';
import type { CheckOptions } from './days.js';
import type { DueOptions } from './due.js';
import type { WhichCalendar } from './in-use.js';
import type { LoadOptions } from './load.js';

const loadedOption = ['--loaded', '按运行中的系统已载入的安排（要连数据库）；不加只看随程序提供的'] as const;

export function register(program: ChineseCommand): void {
  const calendar = program.word('calendar', '工作日历');
  calendar
    .word('due', '算出若干个工作日的期限到哪一刻为止，并逐日说明')
    .argument('[起算]', '带时区的时刻（2026-09-29T10:30:00+08:00），或日期（2026-09-29）')
    .argument('[工作日数]', '0 至 3660 的整数；始日不计')
    .option('--stdin', '从标准输入逐行读 {"start": …, "workingDays": …}，逐行输出结果')
    .option(...loadedOption)
    .json()
    .action(async (start: string | undefined, workingDays: string | undefined, options: DueOptions) =>
      (await import('./due.js')).due(start, workingDays, options),
    );
  calendar
    .word('day', '一天是不是工作日，依据是什么，各来源怎么说')
    .argument('<日期>', '例如 2026-10-10')
    .option(...loadedOption)
    .json()
    .answers(async (date: string, options: WhichCalendar) => (await import('./days.js')).day(date, options));
  calendar
    .word('check', '逐日比对 chinese-workday 与国务院放假安排，列出说法不一的日子')
    .option('--since <年份>', '从哪一年起', '2018')
    .option(...loadedOption)
    .json()
    .answers(async (options: CheckOptions) => (await import('./days.js')).check(options));
  calendar
    .word('load', '载入放假安排，重算受影响的期限；不加 --apply 只预览')
    .argument('<文件>', '安排文件（格式见 docs/calendar.md），一份通知一个文件')
    .requiredOption('--document <文号>', '通知的文号，例如 国办发明电〔2025〕7号')
    .option('--apply', '载入并重算')
    .actor('载入')
    .json()
    .answers(async (file: string, options: LoadOptions) => (await import('./load.js')).load(file, options));
}

/** `hotline calendar due START N`, `hotline calendar due --stdin`: when a limit in working days ends, and why. */
import type { Command } from 'commander';
import type { CountedDay, WorkingCalendar } from '../calendar/index.js';
import { Refusal } from '../kernel/index.js';
import { answerLines, linesOf } from './calendar-due-lines.js';
import { group } from './group.js';
import { guarded } from './run.js';

export interface DueAnswer {
  /** As it was asked. */
  readonly start: string;
  readonly workingDays: number;
  /** ISO 8601 with +08:00; the end of a day is the next day's 00:00. */
  readonly due: string;
  /** The last day to act. */
  readonly dueDate: string;
  readonly provisional: boolean;
  readonly days: readonly CountedDay[];
}

export type AnswerDue = (start: string, workingDays: number) => DueAnswer;

interface Options {
  readonly stdin?: boolean;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('due')
    .description('算出若干个工作日的期限到哪一刻为止,并逐日说明')
    .argument('[start]', '起算:带时区的时刻(2026-09-29T10:30:00+08:00),或日期(2026-09-29)')
    .argument('[workingDays]', '工作日数,0 至 3660 的整数;始日不计')
    .option('--stdin', '从标准输入逐行读 {"start": …, "workingDays": …},逐行输出结果')
    .option('--json', '输出 JSON')
    .action((start: string | undefined, workingDays: string | undefined, options: Options) =>
      guarded(() => run(start, workingDays, options)),
    );
}

async function run(
  start: string | undefined,
  workingDays: string | undefined,
  options: Options,
): Promise<void> {
  if (options.stdin ? start !== undefined : workingDays === undefined) {
    throw new Refusal(
      'usage.invalid',
      options.stdin ? '--stdin 不能与起算时刻同用' : '缺少起算时刻或工作日数',
      {
        remedy: 'hotline calendar due 2026-09-29 5,或 hotline calendar due --stdin < 文件',
      },
    );
  }
  const { defaultCalendar } = await import('../calendar/index.js');
  const answer = await dueAnswers(defaultCalendar());
  if (options.stdin) {
    const allGood = await answerLines(linesOf(process.stdin), answer, {
      out: (line) => write(process.stdout, line),
      error: (line) => write(process.stderr, line),
    });
    if (!allGood) process.exitCode = 1;
    return;
  }
  const result = answer(start ?? '', parseCount(workingDays ?? ''));
  await write(process.stdout, options.json ? JSON.stringify(result) : inWords(result));
}

/** Answers by one calendar. Refuses (`calendar.invalid`) a start or a count that makes no sense. */
export async function dueAnswers(calendar: WorkingCalendar): Promise<AnswerDue> {
  const { dueAfterWorkingDays, parseInstant, toShanghaiIso } = await import('../calendar/index.js');
  return (start, workingDays) => {
    const { due, dueDate, provisional, days } = dueAfterWorkingDays(
      calendar,
      // The first day is not counted, so a plain date needs no time of day.
      parseInstant(start, 'start-of-day'),
      workingDays,
    );
    return { start, workingDays, due: toShanghaiIso(due), dueDate, provisional, days };
  };
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal('calendar.invalid', `工作日数“${text}”不对`, { remedy: '写 0 到 3660 之间的整数' });
}

function inWords({ start, workingDays, due, dueDate, provisional, days }: DueAnswer): string {
  let count = 0;
  const lines = days.map(
    ({ date, counted, why }) => `  ${date}  ${counted ? `第 ${++count} 日` : '不计'}  ${why}`,
  );
  return [
    `自 ${start} 起 ${workingDays} 个工作日:`,
    ...lines,
    `期限至 ${dueDate} 24:00(${due})`,
    ...(provisional ? ['暂定:其间有的日子尚无国务院放假安排,公布后须重算'] : []),
  ].join('\n');
}

/** Waits where the reader is slower than we are. */
function write(stream: NodeJS.WriteStream, line: string): Promise<void> {
  return new Promise((resolve) => {
    if (stream.write(`${line}\n`)) resolve();
    else stream.once('drain', resolve);
  });
}

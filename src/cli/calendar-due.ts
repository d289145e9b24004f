/** `hotline calendar due START N`, `hotline calendar due --stdin`: when a limit in working days ends, and why. */
import type { Command } from 'commander';
import { Refusal } from '../kernel/index.js';
import { calendarInUse, loadedOption } from './calendar-in-use.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly stdin?: boolean;
  readonly loaded?: boolean;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('due')
    .description('算出若干个工作日的期限到哪一刻为止,并逐日说明')
    .argument('[起算]', '带时区的时刻(2026-09-29T10:30:00+08:00),或日期(2026-09-29)')
    .argument('[工作日数]', '0 至 3660 的整数;始日不计')
    .option('--stdin', '从标准输入逐行读 {"start": …, "workingDays": …},逐行输出结果')
    .option(...loadedOption)
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
  const usage = 'hotline calendar due 2026-09-29 5,或 hotline calendar due --stdin < 文件';
  if (options.stdin) {
    if (start !== undefined) {
      throw new Refusal('usage.invalid', '--stdin 不能与起算时刻同用', { remedy: usage });
    }
    return answerStdin(options.loaded);
  }
  if (start === undefined || workingDays === undefined) {
    throw new Refusal('usage.invalid', '缺少起算时刻或工作日数', { remedy: usage });
  }
  const { answerDue, dueAsJson, parseCount } = await import('../calendar/index.js');
  const { civilDateOf } = await import('../kernel/civil-date.js');
  const { systemClock } = await import('../kernel/index.js');
  const { shippedLaw } = await import('../law/regulation/shipped-laws/index.js');
  const { dueInWords } = await import('./calendar-due-answer.js');
  const count = parseCount(workingDays);
  const answer = answerDue(await calendarInUse(options.loaded), start, count);
  const law = shippedLaw(civilDateOf(systemClock.now()));
  await write(
    process.stdout,
    options.json ? JSON.stringify(dueAsJson(answer, law)) : dueInWords(answer, law),
  );
}

async function answerStdin(loaded?: boolean): Promise<void> {
  const { answerLines, linesOf } = await import('./calendar-due-lines.js');
  const allGood = await answerLines(await calendarInUse(loaded), linesOf(process.stdin), {
    out: (line) => write(process.stdout, line),
    error: (line) => write(process.stderr, line),
  });
  if (!allGood) process.exitCode = 1;
}

/** Waits for a slow reader; a closed one (`| head`) is ignored. */
function write(stream: NodeJS.WriteStream, line: string): Promise<void> {
  return new Promise((resolve) => {
    if (stream.write(`${line}\n`, () => resolve())) resolve();
  });
}

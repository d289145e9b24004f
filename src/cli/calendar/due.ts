import { answerDue, countingRule, dueAsJson, parseCount, type DueAnswer } from '../../calendar/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { Refusal, systemClock } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { shippedLaw } from '../../law/regulation/shipped-laws/index.js';
import { answerLines, linesOf } from './due-lines.js';
import { calendarInUse, type WhichCalendar } from './in-use.js';

export interface DueOptions extends WhichCalendar {
  readonly stdin?: boolean;
  readonly json?: boolean;
}

/** Shows when a limit in working days ends, and why. */
export async function due(
  start: string | undefined,
  workingDays: string | undefined,
  options: DueOptions,
): Promise<void> {
  const usage = 'hotline calendar due 2026-09-29 5，或 hotline calendar due --stdin < 文件';
  if (options.stdin) {
    if (start !== undefined) {
      throw new Refusal('usage.invalid', '--stdin 不能与起算时刻同用', { remedy: usage });
    }
    return answerStdin(options);
  }
  if (start === undefined || workingDays === undefined) {
    throw new Refusal('usage.invalid', '缺少起算时刻或工作日数', { remedy: usage });
  }
  const count = parseCount(workingDays);
  const answer = answerDue(await calendarInUse(options), start, count);
  const law = shippedLaw(civilDateOf(systemClock.now()));
  await write(
    process.stdout,
    options.json ? JSON.stringify(dueAsJson(answer, law)) : dueInWords(answer, law),
  );
}

async function answerStdin(which: WhichCalendar): Promise<void> {
  const allGood = await answerLines(await calendarInUse(which), linesOf(process.stdin), {
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

function dueInWords({ start, workingDays, due, dueDate, provisional, days }: DueAnswer, law: Law): string {
  let count = 0;
  return [
    `自 ${start} 起 ${workingDays} 个工作日：`,
    ...days.map(({ date, counted, why }) => `  ${date}  ${counted ? `第 ${++count} 日` : '不计'}  ${why}`),
    `期限至 ${dueDate} 24:00(${due})`,
    `算法依据：${countingRule(law)}`,
    ...(provisional ? ['暂定：其间有的日子尚无国务院放假安排，公布后须重算'] : []),
  ].join('\n');
}

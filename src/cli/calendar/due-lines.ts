/** Reads and writes JSON lines; faulty lines are reported by number and skipped. */
import { isJsonObject, Refusal, type Json } from '../../kernel/index.js';
import { answerDue, type WorkingCalendar } from '../../calendar/index.js';

/** Bounds memory for input without line breaks. */
const longestLine = 64 * 1024;

export interface Output {
  out(line: string): Promise<void>;
  error(line: string): Promise<void>;
}

/** @returns whether all lines were answered */
export async function answerLines(
  calendar: WorkingCalendar,
  lines: AsyncIterable<Buffer | undefined>,
  output: Output,
): Promise<boolean> {
  let number = 0;
  let allGood = true;
  for await (const line of lines) {
    number++;
    try {
      const text = decode(line);
      if (text.trim() === '') continue;
      const { start, workingDays } = question(text);
      await output.out(JSON.stringify(answerDue(calendar, start, workingDays)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      allGood = false;
      await output.error(`第 ${number} 行：${error.message}${error.remedy ? `(${error.remedy})` : ''}`);
    }
  }
  return allGood;
}

/** Splits at line feeds; yields undefined for a line that is too long. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | undefined> {
  let pending: Buffer[] = [];
  let length = 0;
  const take = (): Buffer | undefined => {
    const line = length > longestLine ? undefined : Buffer.concat(pending);
    pending = [];
    length = 0;
    return line;
  };
  const keep = (part: Buffer) => {
    length += part.length;
    if (length > longestLine) pending = [];
    else pending.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (length > 0) yield take();
}

function decode(line: Buffer | undefined): string {
  if (line === undefined) throw new Refusal('input.too-large', `这一行超过 ${longestLine} 字节`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch (cause) {
    throw new Refusal('input.invalid', '不是 UTF-8 文字', { cause });
  }
}

const remedy = '每行写成 {"start": "2026-09-29T10:30:00+08:00", "workingDays": 5}';

function question(text: string): { start: string; workingDays: number } {
  const value = parse(text);
  if (!isJsonObject(value)) throw new Refusal('input.invalid', '不是一个 JSON 对象', { remedy });
  const { start, workingDays } = value;
  if (typeof start !== 'string') throw new Refusal('input.invalid', '缺少 start，或它不是文字', { remedy });
  if (typeof workingDays !== 'number') {
    throw new Refusal('input.invalid', '缺少 workingDays，或它不是数字', { remedy });
  }
  return { start, workingDays };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Refusal('input.invalid', '不是 JSON', { remedy, cause });
  }
}

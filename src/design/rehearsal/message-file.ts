/** Messages of a file, in the format of `hotline replay`. */
import { linesOf, parseLine } from '../../cases/replay/index.js';
import { Refusal } from '../../kernel/index.js';
import type { PastCase } from './replay-past-case.js';

/** @throws {Refusal} `input.invalid` with the line */
export async function* messageCases(path: string): AsyncGenerator<PastCase> {
  for await (const line of linesOf(path)) {
    const parsed = parseLine(line.bytes);
    if (!parsed.ok) {
      throw new Refusal('input.invalid', `第 ${line.number} 行：${parsed.reason}`, {
        where: `${path}:${line.number}`,
        remedy: '改正这一行后重试',
      });
    }
    yield { no: parsed.message.no, message: parsed.message };
  }
}

/** Asks at the terminal; without a terminal the secret comes from standard input, the rest from flags. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Refusal } from '../kernel/index.js';

export interface Asking {
  /** @throws {Refusal} `usage.invalid` naming the flag, without a terminal */
  line(flag: string, what: string): Promise<string>;
  /** Not echoed. */
  secret(what: string): Promise<string>;
  close(): void;
}

export function asking(): Asking {
  const interactive = process.stdin.isTTY;
  let silent = false;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: interactive });
  // Created at once: lines that arrive before the first question would be lost.
  const lines: AsyncIterator<string, undefined> = reader[Symbol.asyncIterator]();
  return {
    line: async (flag, what) => {
      if (interactive) return reader.question(`${what}:`);
      throw new Refusal('usage.invalid', `没有给出${what}`, { remedy: `加上 ${flag}` });
    },
    secret: async (what) => {
      if (!interactive) {
        const { value } = await lines.next();
        if (!value) {
          throw new Refusal('usage.invalid', `标准输入里没有${what}`, {
            remedy: '例如 npx hotline setup … < 口令文件',
          });
        }
        return value;
      }
      process.stderr.write(`${what}:`);
      silent = true;
      const typed = await reader.question('').finally(() => (silent = false));
      process.stderr.write('\n');
      return typed;
    },
    close: () => reader.close(),
  };
}

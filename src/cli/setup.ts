/** `hotline setup`: creates the first administrator, once. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Refusal } from '../kernel/refusal.js';
import type { ChineseCommand } from './frame/chinese-command.js';
import { withSystem } from './frame/with-system.js';

export function register(program: ChineseCommand): void {
  program
    .word('setup', '设置第一名管理员（安全管理员），只能一次；示例帐号随即停用')
    .option('--login <登录名>', '小写字母、数字')
    .option('--name <姓名>', '管理员的姓名')
    .option('--unit <单位>', '热线工作机构的名称')
    .addHelpText('after', '\n口令：在终端里问；不在终端里则读标准输入的第一行。')
    .answers(setUp);
}

interface Options {
  readonly login?: string;
  readonly name?: string;
  readonly unit?: string;
}

async function setUp(options: Options): Promise<string> {
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  const { newAdministrator } = await import('../http/contract/index.js');
  findingsInChinese();
  const ask = asking();
  const given = await (async () => ({
    login: options.login ?? (await ask.line('--login', '登录名')),
    name: options.name ?? (await ask.line('--name', '姓名')),
    unit: options.unit ?? (await ask.line('--unit', '热线工作机构的名称')),
    password: await ask.secret('口令'),
  }))().finally(() => ask.close());
  const administrator = newAdministrator.safeParse(given);
  if (!administrator.success) {
    const [issue] = administrator.error.issues;
    throw new Refusal('input.invalid', `“${String(issue?.path[0])}”${issue?.message ?? ''}`);
  }
  await withSystem('setup', (system) => system.identity.setup.setUp(administrator.data));
  return `已设置安全管理员 ${administrator.data.login}。登录后开帐号、授角色；系统、审计管理员须由别人担任。`;
}

/** Asks at the terminal; without a terminal the secret comes from standard input, the rest from flags. */
interface Asking {
  /** @throws {Refusal} `usage.invalid`, naming the flag, if there is no terminal */
  line(flag: string, what: string): Promise<string>;
  /** Asks without echo. */
  secret(what: string): Promise<string>;
  close(): void;
}

function asking(): Asking {
  const interactive = process.stdin.isTTY;
  let silent = false;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: interactive });
  // The iterator is created at once, because lines that arrive before the first question would be
  // lost.
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

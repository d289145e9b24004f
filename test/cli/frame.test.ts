import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ChineseCommand } from '../../src/cli/frame/chinese-command.js';
import { createProgram } from '../../src/cli/program.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { Refusal } from '../../src/kernel/index.js';

/** A program with one verb for every kind of argument and option. */
function sample(): ChineseCommand {
  const program = new ChineseCommand('hotline');
  program
    .word('sample', '样例')
    .word('verb', '样例命令')
    .argument('<file>', '文件')
    .argument('[count]', '件数', (text) => {
      if (!/^\d+$/.test(text)) throw new InvalidArgumentError('请写整数。');
      return Number(text);
    })
    .addOption(new Option('--runtime <name>', '引擎').choices(['token', 'bpmn-engine']).default('token'))
    .addOption(new Option('--quiet', '少说').conflicts('loud'))
    .option('--loud', '多说')
    .action(() => undefined);
  program
    .command('strict')
    .requiredOption('--out <file>', '结果文件')
    .action(() => undefined);
  return program;
}

async function optionsOf(flags: string, parameters: readonly string[]): Promise<object> {
  let given: object = {};
  const program = new ChineseCommand('hotline');
  program.option(flags, '文件', []).action((options: object) => void (given = options));
  await program.parseAsync([...parameters], { from: 'user' });
  return given;
}

describe('命令行：可以给几个值的选项', () => {
  it('名称是中文的也可以；不带省略号的照旧只有一个', async () => {
    const twice = ['--note', 'a', '--note', 'b'];
    for (const flags of ['--note <文件...>', '--note [文件...]', '--note <file...>']) {
      expect(await optionsOf(flags, ['--note', 'a', 'b']), flags).to.deep.equal({ note: ['a', 'b'] });
      expect(await optionsOf(flags, twice), flags).to.deep.equal({ note: ['a', 'b'] });
    }
    expect(await optionsOf('--note <文件>', twice)).to.deep.equal({ note: 'b' });
    expect(await optionsOf('--note <文件...>', [])).to.deep.equal({ note: [] });
  });

  it('每个命令的每个选项：写了值的名称就要有值，名称是中文的；写了省略号的才可以给几个', () => {
    const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
    const options = all(createProgram()).flatMap((command) =>
      command.options.map((option) => ({ command: command.name(), option })),
    );
    expect(options.length).to.be.greaterThan(80);
    for (const { command, option } of options) {
      const named = `${command} ${option.flags}`;
      const [, placeholder] = /^(?:-\w, )?--[a-z0-9-]+(?: (<[^<>]+>))?$/.exec(option.flags) ?? [named];
      expect(option.required, named).to.equal(placeholder !== undefined);
      expect(option.variadic, named).to.equal(placeholder?.endsWith('...>') ?? false);
      if (placeholder !== undefined) expect(placeholder, named).to.match(/^<[\p{sc=Han}-]+(\.\.\.)?>$/u);
      expect(option.description, named).to.match(/\p{sc=Han}|JSON/u);
    }
  });
});

async function refusalOf(...parameters: string[]): Promise<Refusal> {
  const outcome = await sample()
    .parseAsync(parameters, { from: 'user' })
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(outcome).to.be.instanceOf(Refusal);
  return outcome as Refusal;
}

/** Words of commander's own messages. */
const english =
  /\b(usage|options?|commands?|arguments?|error|unknown|missing|required|default|choices|display)\b/i;

describe('命令行：用法错误用中文说清错在哪、该怎么办', () => {
  const cases: [what: string, parameters: string[], detail: string, remedy: string][] = [
    ['没有的命令', ['nix'], '没有命令“hotline nix”。', '可用的命令：sample、strict'],
    ['没有的子命令', ['sample', 'nix'], '没有命令“hotline sample nix”。', '可用的命令：verb、help'],
    [
      '没有的选项',
      ['sample', 'verb', 'a', '--nix'],
      '没有选项“--nix”。',
      '--runtime <name>、--quiet、--loud',
    ],
    ['缺少参数', ['sample', 'verb'], '缺少参数 <file>。', '写法：hotline sample verb [选项] <file> [count]'],
    ['多出参数', ['sample', 'verb', 'a', '1', 'b', 'c'], '多出参数“b c”。', '写法：hotline sample verb'],
    ['选项缺值', ['sample', 'verb', 'a', '--runtime'], '选项 --runtime <name> 后面缺少值。', '--help'],
    [
      '选项值不在其列',
      ['sample', 'verb', 'a', '--runtime', 'x'],
      '的值“x”无效',
      '可选的值：token、bpmn-engine。',
    ],
    ['参数值不对', ['sample', 'verb', 'a', 'x'], '参数 <count> 的值“x”无效。', '请写整数。'],
    ['缺少必需的选项', ['strict'], '缺少必需的选项 --out <file>。', 'hotline strict --help'],
    [
      '不能同用的选项',
      ['sample', 'verb', 'a', '--quiet', '--loud'],
      '--loud 不能同用',
      'hotline sample verb --help',
    ],
  ];
  for (const [what, parameters, detail, remedy] of cases) {
    it(what, async () => {
      const refusal = await refusalOf(...parameters);
      expect(refusal.code).to.equal('usage.invalid');
      expect(refusal.message).to.contain(detail);
      expect(refusal.remedy).to.contain(remedy);
      expect(`${refusal.message}${refusal.remedy}`).to.not.match(english);
    });
  }

  it('帮助里没有英文', () => {
    const [verb] = sample().commands[0]?.commands ?? [];
    const ofVerb = verb?.helpInformation() ?? '';
    for (const text of [sample().helpInformation(), ofVerb]) expect(text).to.not.match(english);
    expect(ofVerb).to.contain('引擎（可选：token、bpmn-engine；默认：token）');
  });
});

describe('命令行：退出码和输出', () => {
  it('用法错误退出码 2，标准输出为空', async () => {
    const { code, out, err } = await hotline(['nix']);
    expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    expect(err).to.match(/^错误：命令用法不对：没有命令“hotline nix”。\n办法：可用的命令：/);
  });

  it('不给命令就显示帮助，退出码 2；要帮助或版本，退出码 0', async () => {
    const [none, help, version] = await Promise.all([hotline([]), hotline(['--help']), hotline(['-V'])]);
    expect(none.code).to.equal(2);
    expect(none.err).to.match(/^用法： hotline/);
    expect(help.code).to.equal(0);
    expect(help.out).to.match(/^用法： hotline/);
    expect(version).to.include({ code: 0, err: '' });
  });

  it('拒绝的事退出码 1，说明错误和办法', async () => {
    const { code, err } = await hotline(['calendar', 'day', '2026-02-30']);
    expect(code).to.equal(1);
    expect(err).to.match(/^错误：.+\n办法：.+\n$/);
  });

  it('没有料到的错误不给人看调用栈，HOTLINE_DEBUG 才给', async () => {
    const script = `import { ChineseCommand } from '${join(packageRoot, 'src/cli/frame/chinese-command.ts')}';
      await new ChineseCommand().answers(() => { throw new TypeError('boom'); }).parseAsync([]);`;
    const plain = await node(['--input-type=module', '-e', script]);
    expect(plain.code).to.equal(1);
    expect(plain.err).to.match(/^错误：系统内部错误：/);
    expect(plain.err).to.not.contain('boom');
    const debug = await node(['--input-type=module', '-e', script], { HOTLINE_DEBUG: '1' });
    expect(debug.err).to.contain('TypeError: boom');
  });

  it('读输出的一方提前离开（| head），不报错', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', 'calendar', 'check', '--json'],
      {
        cwd: packageRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.destroy();
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    await once(child, 'close');
    expect({ code: child.exitCode, err }).to.deep.equal({ code: 0, err: '' });
  });
});

function hotline(parameters: string[]) {
  return node(['src/cli/main.ts', ...parameters]);
}

async function node(parameters: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...parameters], {
    cwd: packageRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  await once(child, 'close');
  return { code: child.exitCode, ...said };
}

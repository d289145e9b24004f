import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readStimuli, readVariables } from '../../src/cli/process/trace-files.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { bpmn } from '../support/model-text.js';

describe('hotline process trace', () => {
  let folder: string;
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const trace = (...parameters: string[]) =>
    spawnSync(process.execPath, [builtProgram(), 'process', 'trace', ...parameters], {
      cwd: packageRoot,
      encoding: 'utf8',
    });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'trace-'));
    file(
      'model.bpmn',
      bpmn(`
        start begin
        and split
        service assign
        user reply
        boundary late on:reply timer:P5D
        catch letter message:letter
        xor choice
        user again
        end done
        begin > split > assign > done
        split > reply > choice
        split > letter > done
        late > done
        choice > again if good = false
        choice > done default
        again > done`),
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  const steps = [
    { complete: 'assign' },
    { complete: 'reply', variables: { good: false } },
    { message: 'letter' },
    { complete: 'again' },
  ];

  it('启动一行，每次推进一行', () => {
    const { stdout, stderr, status } = trace(
      ...[join(folder, 'model.bpmn'), '--stimuli', file('steps.json', steps)],
      ...['--variables', file('variables.json', { good: true }), '--json'],
    );
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).to.deep.equal([
      { stimulus: { start: true }, waiting: ['assign', 'letter', 'reply'], ended: false },
      { stimulus: steps[0], waiting: ['letter', 'reply'], ended: false },
      { stimulus: steps[1], waiting: ['again', 'letter'], ended: false },
      { stimulus: steps[2], waiting: ['again'], ended: false },
      { stimulus: steps[3], waiting: [], ended: true },
    ]);
  });

  it('被拒绝的推进：先给出到此为止的各行，再说明原因，退出码 1', () => {
    const stimuli = file('refused.json', [{ complete: 'assign' }, { complete: 'assign' }, { timer: 'late' }]);
    const { stdout, stderr, status } = trace(join(folder, 'model.bpmn'), '--stimuli', stimuli);
    expect(status).to.equal(1);
    expect(stdout).to.contain('{"complete":"assign"}').and.not.to.contain('late');
    expect(stderr)
      .to.contain('assign')
      .and.to.match(/[\u4e00-\u9fff]/);
    expect(stderr).not.to.contain('    at ');
  });

  it('不支持的元素先被点名', () => {
    const xml = bpmn('start begin\nuser work\nend done\nbegin > work > done').replaceAll(
      'userTask',
      'scriptTask',
    );
    const model = file('script.bpmn', xml);
    const { stdout, stderr, status } = trace(...[model, '--stimuli', file('none.json', [])]);
    expect([stdout, status]).to.deep.equal(['', 1]);
    expect(stderr).to.contain('脚本任务').and.to.contain('work');
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['不是 JSON', '[{', '不是 JSON'],
    ['不是列表', { complete: 'a' }, '不是列表'],
    ['不认识的推进', [{ complete: 'a' }, { finish: 'a' }], '第 2 项'],
    ['多余的键', [{ complete: 'a', timer: 'b' }], '第 1 项'],
    ['变量不是对象', [{ complete: 'a', variables: [] }], '第 1 项'],
    ['错误没有代码', [{ error: 'a' }], '第 1 项'],
    ['中途启动', [{ complete: 'a' }, { start: true }], 'start 只能是第一项'],
    ['不是 UTF-8', '\ud800', 'UTF-8'],
  ];
  for (const [what, content, words] of wrong) {
    it(`推进清单${what}：拒绝`, async () => {
      const path = file('wrong.json', content);
      if (what === '不是 UTF-8') writeFileSync(path, Buffer.from([0x5b, 0xff, 0x5d]));
      expect(await refusalOf(readStimuli(path))).to.contain(words);
    });
  }

  it('没有文件、是目录、变量不是对象：拒绝', async () => {
    expect(await refusalOf(readStimuli(join(folder, 'nix.json')))).to.contain('没有这个文件');
    expect(await refusalOf(readStimuli(folder))).to.contain('目录');
    expect(await refusalOf(readVariables(file('wrong.json', [1])))).to.contain('变量表');
  });
});

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (cause) {
    if (cause instanceof Refusal) return cause.message;
    throw cause;
  }
  throw new Error('it was read');
}

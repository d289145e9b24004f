import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Change, CheckReport } from '../../src/design/compliance/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { drawnLimit } from '../support/drawn-limit.js';

const handling = join(packageRoot, 'processes', 'handling.bpmn');

const hotline = (...words: string[]) =>
  spawnSync(process.execPath, [builtProgram(), ...words], {
    cwd: packageRoot,
    encoding: 'utf8',
  });

describe('hotline process check、diff', () => {
  let folder = '';
  let changed = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
    changed = join(folder, '改过的.bpmn');
    writeFileSync(changed, drawnLimit(readFileSync(handling, 'utf8'), 'P6D'));
    writeFileSync(join(folder, '坏.bpmn'), Buffer.from([0, 1, 2, 255]));
    writeFileSync(
      join(folder, '无标识.bpmn'),
      '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process><startEvent id="s"/></process></definitions>',
    );
    writeFileSync(join(folder, '大.bpmn'), 'x'.repeat(6 * 1024 * 1024));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('第二十四条：改成 6 个工作日的图不能发布，每个文件一行 JSON，以 1 退出', () => {
    const files = [
      handling,
      changed,
      join(folder, '无标识.bpmn'),
      join(folder, '坏.bpmn'),
      join(folder, '大.bpmn'),
      join(folder, '没有.bpmn'),
    ];
    const { stdout, stderr, status } = hotline('process', 'check', '--json', ...files);
    expect(stderr).to.equal('');
    expect(status).to.equal(1);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CheckReport & { readonly file: string });
    expect(lines.map(({ file, publishable }) => ({ file, publishable }))).to.deep.equal(
      files.map((file, index) => ({ file, publishable: index === 0 })),
    );
    expect(lines[0]?.findings).to.deep.equal([]);
    expect(lines[1]?.findings).to.have.length(1);
    expect(lines[1]?.findings[0]).to.include({
      rule: 'deadline',
      severity: 'error',
      element: 'Timer_ReplyLimit',
      article: '第二十四条第一款',
    });
    expect(lines.slice(2).map(({ findings }) => findings[0]?.rule)).to.deep.equal(
      Array.from({ length: 4 }, () => 'well-formed'),
    );
  });

  it('可以发布的以 0 退出，说一句话', () => {
    const { stdout, status } = hotline('process', 'check', handling);
    expect({ stdout, status }).to.deep.equal({ stdout: 'handling.bpmn：可以发布\n', status: 0 });
  });

  it('差别：一句话；图面的移动收起来；没有差别的也说', () => {
    const { stdout } = hotline('process', 'diff', handling, changed);
    expect(stdout.replace(/[\s│]/g, '')).to.contain(
      '第24条回复期限由条例规定的回复、反馈的期限改为6个工作日',
    );
    const moved = join(folder, '移动.bpmn');
    writeFileSync(moved, readFileSync(handling, 'utf8').replace('<dc:Bounds x="', '<dc:Bounds x="1'));
    expect(hotline('process', 'diff', handling, moved).stdout).to.equal(
      '另有 1 处只是图面的移动（--layout 列出）。\n',
    );
    const [change] = JSON.parse(hotline('process', 'diff', handling, moved, '--json').stdout) as Change[];
    expect(change?.kind).to.equal('layout');
    expect(hotline('process', 'diff', handling, handling).stdout).to.equal('没有差别。\n');
  });

  it('很长的文字，差别里只写首尾并说全文在哪里；--json 前后各一字不少', () => {
    const long = '依据和说明'.repeat(400);
    const told = join(folder, '长说明.bpmn');
    const source = readFileSync(handling, 'utf8');
    const element = /<bpmn:userTask id="Task_Handle"[^>]*>/.exec(source)?.[0] ?? '';
    writeFileSync(
      told,
      source.replace(element, `${element}<bpmn:documentation>${long}</bpmn:documentation>`),
    );
    const { stdout } = hotline('process', 'diff', handling, told);
    expect(stdout.length).to.be.lessThan(1500);
    expect(stdout).to.contain('全文见 --json');
    const [change] = JSON.parse(hotline('process', 'diff', handling, told, '--json').stdout) as Change[];
    expect(JSON.stringify([change?.before, change?.after])).to.contain(long);
  });
});

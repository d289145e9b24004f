import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { drawnLimit } from '../support/drawn-limit.js';

describe('hotline process scenarios、replay：改过的流程图会怎样', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const hotline = (...parameters: string[]) =>
    spawnSync(process.execPath, [builtProgram(), 'process', ...parameters], {
      cwd: packageRoot,
      encoding: 'utf8',
    });
  const handling = packageText('processes/handling.bpmn', packageRoot);
  const longer = drawnLimit(handling, 'P6D');

  it('第二十四条：6 个工作日的，情景不再通过，逐条说明，以 1 退出；没有改的以 0 退出', () => {
    const changed = hotline('scenarios', file('longer.bpmn', longer));
    expect(changed.status).to.equal(1);
    expect(changed.stdout).to.match(/✗ 第二十四条：.*\n {4}.*应为/);
    expect(changed.stdout).to.match(/情景 \d+ 个，通过 \d+ 个，不通过 [1-9]\d* 个\n$/);
    expect(changed.stdout).to.match(/▲ 第二十四条：.*：随附的图上成立，改过的不成立\n {4}现行：.*期限/);
    const same = hotline('scenarios', join(packageRoot, 'processes', 'handling.bpmn'), '--json');
    expect(same.status).to.equal(0);
    expect(JSON.parse(same.stdout)).to.deep.include({ failed: [], differing: [] });
  });

  it('一份诉求在改过的流程图上：说出哪件的升级会不同', () => {
    const message = {
      no: 'A1',
      title: '停水',
      text: '没有通知',
      receivedAt: '2026-03-02T09:00:00+08:00',
      repliedAt: '2026-03-10T11:00:00+08:00',
    };
    const messages = file('messages.jsonl', `${JSON.stringify(message)}\n`);
    const { status, stdout } = hotline('replay', file('longer.bpmn', longer), '--messages', messages);
    expect(stdout).to.match(/^A1 {2}现行：.*督办后办结.*；草案：.*（办结）/);
    expect(stdout).to.match(/工单 1 件：一样 0 件/);
    expect(status).to.equal(0);
    const bad = hotline('replay', file('longer.bpmn', longer), '--messages', file('bad.jsonl', '{'));
    expect(bad.status).to.equal(1);
    expect(bad.stderr).to.include('第 1 行：不是合法的 JSON').and.include('办法：');
  });
});

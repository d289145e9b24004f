import { expect } from 'chai';
import { tokenRuntime } from '../../../../src/engine/runtime/token/index.js';
import { Refusal } from '../../../../src/kernel/refusal.js';
import { caseOf, now } from './case.js';

const simple = 'start begin\nuser work\nuser after\nend done\nbegin > work > after > done';

describe('token：拒绝，并且什么都没有改变', () => {
  it('办两次、没有的环节、还没办到的环节', async () => {
    const run = await caseOf(simple);
    run.start().complete('work');
    for (const task of ['work', 'nix', 'done']) {
      const before = JSON.stringify(run.state);
      const refusal = run.refusal({ kind: 'complete', task });
      expect(refusal.code).to.equal('stimulus.not-waiting');
      expect(refusal.where).to.equal(task);
      expect(refusal.message).to.match(/[\u4e00-\u9fff]/);
      expect(JSON.stringify(run.state)).to.equal(before);
    }
  });

  it('过期的表单：同一环节的新一次不能用旧令牌办结', async () => {
    const run = await caseOf(`
      start begin
      user work multi sequential times:2
      end done
      begin > work > done`);
    run.start();
    const token = run.last?.waiting[0]?.token ?? '';
    run.take({ kind: 'complete', task: 'work', token });
    expect(run.refusal({ kind: 'complete', task: 'work', token }).code).to.equal('stimulus.not-waiting');
  });

  it('结束之后、启动之前、重复启动', async () => {
    const run = await caseOf(simple);
    expect(run.refusal({ kind: 'complete', task: 'work' }).code).to.equal('stimulus.ended');
    run.start();
    expect(run.refusal({ kind: 'start' }).code).to.equal('stimulus.not-waiting');
    run.complete('work').complete('after');
    expect(run.refusal({ kind: 'complete', task: 'after' }).code).to.equal('stimulus.ended');
  });

  it('没有人等的消息、信号、计时器', async () => {
    const run = (await caseOf(simple)).start();
    expect(run.refusal({ kind: 'message', name: 'x' }).code).to.equal('stimulus.not-waiting');
    expect(run.refusal({ kind: 'signal', name: 'x' }).code).to.equal('stimulus.not-waiting');
    expect(run.refusal({ kind: 'timer', event: 'work' }).code).to.equal('stimulus.not-waiting');
  });

  it('条件都不成立又没有默认出口：说出是哪个网关', async () => {
    for (const gateway of ['xor', 'or']) {
      const run = await caseOf(`
        start begin
        user work
        ${gateway} choice
        end a
        end b
        begin > work > choice
        choice > a if branch = "1"
        choice > b if branch = "2"`);
      run.start();
      const refusal = run.refusal({ kind: 'complete', task: 'work' }, { branch: '3' });
      expect(refusal.code).to.equal('flow.no-way-out');
      expect(refusal.where).to.equal('choice');
      run.complete('work', { branch: '2' });
      expect(run.ended).to.equal(true);
    }
  });

  it('没有等待的循环会被截住', async () => {
    const run = await caseOf(
      'start begin\ntask a\nxor again\nend done\nbegin > a > again > a\nagain > done if no',
    );
    expect(run.refusal({ kind: 'start' }).code).to.equal('flow.endless');
  });

  it('调用自己的流程会被截住', async () => {
    const run = await caseOf('start begin\ncall self calls:main\nend done\nbegin > self > done');
    expect(run.refusal({ kind: 'start' }).code).to.equal('flow.endless');
  });

  it('被调用的流程不在', async () => {
    const run = await caseOf('start begin\ncall other calls:nowhere\nend done\nbegin > other > done');
    expect(run.refusal({ kind: 'start' }).code).to.equal('definition.not-found');
  });

  it('另一版流程的进度不被接受', async () => {
    const run = (await caseOf(simple)).start();
    const other = await caseOf(simple.replaceAll('after', 'later'));
    expect(() =>
      tokenRuntime.step(other.definition, run.state, { kind: 'complete', task: 'work' }, {}, now),
    ).to.throw(Refusal, '不属于');
  });

  it('不支持的元素在运行前就被点名', async () => {
    const { definitionOf, parseDiagram } = await import('../../../../src/engine/model/index.js');
    const { bpmn } = await import('../../../support/model-text.js');
    const xml = bpmn(simple).replaceAll('userTask', 'scriptTask');
    const definition = definitionOf(await parseDiagram(xml));
    expect(() => tokenRuntime.step(definition, null, { kind: 'start' }, {}, now)).to.throw(
      Refusal,
      '脚本任务',
    );
  });

  it('取消撤回一切', async () => {
    const run = await caseOf(`
      start begin
      sub inner {
        start s
        user work
        boundary late on:work timer:P1D
        end e
        s > work > e
        late > e
      }
      end done
      begin > inner > done`);
    run.start().take({ kind: 'cancel' });
    expect(run.ended).to.equal(true);
    expect(run.events.at(-1)).to.deep.equal({ kind: 'ended', how: 'cancelled' });
    expect(run.timers).to.deep.equal([]);
  });
});

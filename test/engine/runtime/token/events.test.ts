import { expect } from 'chai';
import { caseOf } from './case.js';

describe('token：事件', () => {
  it('非中断的周期计时器触发够次数就不再重新开始', async () => {
    const run = await caseOf(`
      start begin
      user work
      boundary remind on:work cycle:R3/PT1H keep
      user call
      end done
      begin > work > done
      remind > call > done`);
    run.start();
    const fired: number[] = [];
    while (run.timers.length > 0) {
      fired.push([...run.armed.values()][0]?.fired ?? -1);
      run.timer('remind');
    }
    expect(fired).to.deep.equal([0, 1, 2]);
    expect(run.waiting).to.deep.equal(['call', 'call', 'call', 'work']);
  });

  it('每次重新开始的计时器有新的编号，旧编号不再有效', async () => {
    const run = await caseOf(`
      start begin
      user work
      boundary remind on:work cycle:R/PT1H keep
      end done
      begin > work > done
      remind > done`);
    run.start();
    const [first] = run.armed.keys();
    run.timer('remind');
    expect(run.armed.has(first ?? '')).to.equal(false);
    const refusal = run.refusal({ kind: 'timer', event: 'remind', timer: first ?? '' });
    expect(refusal.code).to.equal('stimulus.not-waiting');
  });

  it('计时长度可由变量得出', async () => {
    const run = await caseOf(
      `start begin
       catch pause timer:"=limit"
       end done
       begin > pause > done`,
      { limit: 'P3D' },
    );
    run.start();
    expect([...run.armed.values()][0]?.spec).to.deep.include({
      kind: 'duration',
      text: 'P3D',
      unit: 'natural',
    });
    const absent = await caseOf('start begin\ncatch pause timer:"=limit"\nend done\nbegin > pause > done');
    expect(absent.refusal({ kind: 'start' }).code).to.equal('timer.invalid');
  });

  it('一条消息只交给等得最久的那一个', async () => {
    const run = await caseOf(`
      start begin
      and split
      user first
      catch a message:hello
      catch b message:hello
      end done
      begin > split > first > a > done
      split > b > done`);
    run.start().complete('first');
    expect(run.waiting).to.deep.equal(['a', 'b']);
    run.message('hello');
    expect(run.waiting).to.deep.equal(['a']);
  });

  it('条件事件由假变真时触发；非中断的须先变假才再触发', async () => {
    const run = await caseOf(
      `start begin
       user work
       user other
       boundary alarm on:work conditional:"level > 2" keep
       user look
       end done
       and split
       begin > split > work > done
       split > other > other2
       user other2
       other2 > other3
       user other3
       other3 > done
       alarm > look > done`,
      { level: 1 },
    );
    run.start();
    expect(run.waiting).not.to.include('look');
    run.complete('other', { level: 3 });
    expect(run.waiting.filter((id) => id === 'look')).to.have.length(1);
    run.complete('look', { level: 4 });
    expect(run.waiting).not.to.include('look');
    run.complete('other2', { level: 0 });
    run.complete('other3', { level: 9 });
    expect(run.waiting.filter((id) => id === 'look')).to.have.length(1);
  });

  it('信号在实例内广播，答复里说明有没有人接住', async () => {
    const run = await caseOf(`
      start begin
      and split
      catch a signal:go
      catch b signal:go
      user work
      throw call signal:go
      throw vain signal:nobody
      end done
      begin > split > a > done
      split > b > done
      split > work > call > vain > done`);
    run.start().complete('work');
    expect(run.ended).to.equal(true);
    const thrown = run.events.flatMap((event) =>
      event.kind === 'thrown' ? [[event.name, event.caught]] : [],
    );
    expect(thrown).to.deep.equal([
      ['go', true],
      ['nobody', false],
    ]);
  });

  it('抛出的消息从不在本实例内送达', async () => {
    const run = await caseOf(`
      start begin
      and split
      catch a message:hello
      throw send message:hello
      end done
      begin > split > a > done
      split > send > done`);
    run.start();
    expect(run.waiting).to.deep.equal(['a']);
    expect(run.events).to.deep.include({
      kind: 'thrown',
      what: 'message',
      name: 'hello',
      element: 'send',
      caught: false,
    });
  });

  it('没有人接住的错误使实例以错误结束', async () => {
    const run = await caseOf('start begin\nuser work\nend done\nbegin > work > done');
    run.start().error('work', 'bad');
    expect(run.ended).to.equal(true);
    expect(run.state).to.equal(null);
    expect(run.events.at(-1)).to.deep.equal({ kind: 'ended', how: 'error', element: 'work' });
  });

  it('写明代码的边界事件先于接住一切的', async () => {
    const run = await caseOf(`
      start begin
      user work
      boundary any on:work error
      boundary named on:work error:bad
      user a
      user b
      end done
      begin > work > done
      any > a > done
      named > b > done`);
    run.start().error('work', 'bad');
    expect(run.waiting).to.deep.equal(['b']);
  });

  it('处理程序升级而无人中断时，它的任务算办完；人办的任务仍然开着', async () => {
    const model = (kind: string) => `
      start begin
      ${kind} work
      boundary raised on:work escalation:high keep
      user chief
      user after
      end done
      begin > work > after > done
      raised > chief > done`;
    const service = (await caseOf(model('service'))).start().escalation('work', 'high');
    expect(service.waiting).to.deep.equal(['after', 'chief']);
    const user = (await caseOf(model('user'))).start().escalation('work', 'high');
    expect(user.waiting).to.deep.equal(['chief', 'work']);
  });

  it('中断性的事件子流程撤回本范围的一切，之后不再有第二个', async () => {
    const run = await caseOf(`
      start begin
      sub inner {
        start s
        user work
        boundary late on:work timer:P1D
        end e
        s > work > e
        late > e
        event stop {
          start stopped message:stop
          user tidy
          end e2
          stopped > tidy > e2
        }
        event stop2 {
          start stopped2 timer:P2D
          end e3
          stopped2 > e3
        }
      }
      user after
      end done
      begin > inner > after > done`);
    run.start();
    expect(run.timers).to.deep.equal(['late', 'stopped2']);
    run.message('stop');
    expect(run.waiting).to.deep.equal(['tidy']);
    expect(run.timers).to.deep.equal([]);
    expect(run.refusal({ kind: 'message', name: 'stop' }).code).to.equal('stimulus.not-waiting');
    run.complete('tidy');
    expect(run.waiting).to.deep.equal(['after']);
  });

  it('事件网关：先到的赢，别的计时器撤回', async () => {
    const run = await caseOf(`
      start begin
      events first
      catch reply message:reply
      catch late timer:P5D
      receive letter message:letter
      end done
      begin > first > reply > done
      first > late > done
      first > letter > done`);
    run.start();
    expect(run.waiting).to.deep.equal(['late', 'letter', 'reply']);
    expect(new Set(run.last?.waiting.map(({ token }) => token)).size).to.equal(1);
    run.message('letter');
    expect(run.ended).to.equal(true);
    expect(run.timers).to.deep.equal([]);
  });
});

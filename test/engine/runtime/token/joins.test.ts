import { expect } from 'chai';
import { caseOf, type Case } from './case.js';

/** Tokens that the last step brought to the element, or sent on from it. */
const tokensThat = (kind: 'entered' | 'left', { last }: Case, place: string): readonly string[] =>
  (last?.events ?? []).flatMap((event) =>
    event.kind === kind && event.element === place ? [event.token] : [],
  );

describe('token：汇合', () => {
  it('同一条流上的第二个令牌不能代替没到的那一条', async () => {
    const run = await caseOf(`
      start begin
      and split
      and split2
      xor merge
      user a
      user b
      user c
      and join
      user last
      end done
      begin > split > split2
      split2 > a > merge
      split2 > b > merge
      merge > join
      split > c > join
      join > last > done`);
    run.start().complete('a').complete('b');
    expect(run.waiting).to.deep.equal(['c']);
    run.complete('c');
    expect(run.waiting).to.deep.equal(['last']);
    run.complete('last');
    expect(run.ended).to.equal(false);
  });

  for (const [first, second] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    it(`同一条流上有两个令牌的，取先到的那一个（${first} 先到），它往下走，后到的接着等`, async () => {
      const run = await caseOf(`
        start begin
        and split
        user a
        user b
        user c
        xor merge
        and join
        user last
        end done
        begin > split > a > merge > join
        split > b > merge
        split > c > join
        join > last > done`);
      run.start().complete(first);
      const [oldest] = tokensThat('entered', run, 'join');
      run.complete(second).complete('c');
      const [other] = tokensThat('entered', run, 'join');
      expect(tokensThat('left', run, 'join')).to.have.members([oldest, other]);
      expect(run.last?.waiting).to.deep.equal([{ element: 'last', token: oldest }]);
    });
  }

  it('汇合之后往下走的，是几条流的令牌里等得最久的', async () => {
    for (const [first, second] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const run = await caseOf(`
        start begin
        and split
        user a
        user b
        and join
        user last
        end done
        begin > split > a > join > last > done
        split > b > join`);
      run.start().complete(first);
      const oldest = tokensThat('entered', run, 'join')[0];
      run.complete(second);
      expect(run.last?.waiting).to.deep.equal([{ element: 'last', token: oldest }]);
    }
  });

  it('包容汇合不等也能走到已有令牌那条流的令牌（BPMN 2.0.2,13.4.3）', async () => {
    const run = await caseOf(`
      start begin
      and split
      user a
      user b
      xor pick
      xor merge
      or join
      user last
      end done
      begin > split > a > merge > join
      split > b > pick
      pick > merge if again = true
      pick > join default
      join > last > done`);
    run.start().complete('a');
    expect(run.waiting).to.deep.equal(['b', 'last']);
  });

  it('包容汇合之后直接结束的，同一步里就结束', async () => {
    const run = await caseOf(`
      start begin
      or split
      user a
      user b
      or join
      end done
      begin > split > a > join > done
      split > b > join`);
    expect(run.start().complete('a').ended).to.equal(false);
    expect(run.complete('b').ended).to.equal(true);
  });

  it('没有起点的子流程从没有入口的并行网关开始；只有一个入口的包容网关谁也不等', async () => {
    const run = await caseOf(`
      start begin
      sub inner {
        and split
        or one
        user a
        user b
        end e
        split > one > a > e
        split > b > e
      }
      end done
      begin > inner > done`);
    run.start();
    expect(run.waiting).to.deep.equal(['a', 'b']);
    const met = run.last?.events.flatMap((event) =>
      (event.kind === 'entered' || event.kind === 'left') && ['one', 'b'].includes(event.element)
        ? [`${event.kind} ${event.element}`]
        : [],
    );
    expect(met).to.deep.equal(['entered one', 'left one', 'entered b']);
  });

  it('事件网关：步骤说明它等哪几个事件；后面没有事件的，到此为止', async () => {
    const run = await caseOf(`
      start begin
      events either
      catch answer message:answer
      catch late timer:P1D
      end done
      begin > either > answer > done
      either > late > done`);
    run.start();
    const awaited = run.last?.events.flatMap((event) => (event.kind === 'waiting' ? [event.element] : []));
    expect(awaited).to.deep.equal(['answer', 'late']);
    const none = await caseOf('start begin\nevents either\nbegin > either');
    expect(none.start().ended).to.equal(true);
  });

  it('包容汇合等子流程里的令牌，不等已经结束的分支', async () => {
    const run = await caseOf(
      `start begin
       or split
       sub inner {
         start s
         user work
         end e
         s > work > e
       }
       user b
       user c
       or join
       user last
       end done
       end aside
       begin > split
       split > inner if x > 0
       split > b if x > 1
       split > c if x > 2
       inner > join
       b > join
       c > aside
       join > last > done`,
      { x: 3 },
    );
    run.start().complete('b');
    expect(run.waiting).to.deep.equal(['c', 'work']);
    run.complete('work');
    expect(run.waiting).to.deep.equal(['c', 'last']);
  });

  it('环上的包容汇合：回来的令牌不等已经到了的那一条', async () => {
    const run = await caseOf(
      `start begin
       or join
       user work
       xor again
       end done
       begin > join > work > again
       again > join if more = true
       again > done default`,
    );
    run.start().complete('work', { more: true });
    expect(run.waiting).to.deep.equal(['work']);
    run.complete('work', { more: false });
    expect(run.ended).to.equal(true);
  });

  it('活动的多个出口：无条件的总走，有条件的看条件，默认的替补', async () => {
    const model = `
      start begin
      user work
      user always
      user high
      user low
      end done
      begin > work > always > done
      work > high if n > 5
      work > low default
      high > done
      low > done`;
    const high = (await caseOf(model)).start().complete('work', { n: 9 });
    expect(high.waiting).to.deep.equal(['always', 'high']);
    const low = (await caseOf(model)).start().complete('work', { n: 1 });
    expect(low.waiting).to.deep.equal(['always', 'low']);
  });

  it('终止只结束所在范围：子流程之后继续', async () => {
    const run = await caseOf(`
      start begin
      sub inner {
        start s
        and split
        user a
        user b
        end e
        end stop terminate
        s > split > a > e
        split > b > stop
      }
      user after
      end done
      begin > inner > after > done`);
    run.start().complete('b');
    expect(run.waiting).to.deep.equal(['after']);
    const cancelled = run.last?.events.flatMap((event) =>
      event.kind === 'cancelled' ? [event.element] : [],
    );
    expect(cancelled).to.deep.equal(['a']);
  });
});

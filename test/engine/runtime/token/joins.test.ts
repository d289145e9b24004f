import { expect } from 'chai';
import { caseOf } from './case.js';

describe('token:汇合', () => {
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

  it('包容汇合等子流程里的令牌,不等已经结束的分支', async () => {
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

  it('环上的包容汇合:回来的令牌不等已经到了的那一条', async () => {
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

  it('活动的多个出口:无条件的总走,有条件的看条件,默认的替补', async () => {
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

  it('终止只结束所在范围:子流程之后继续', async () => {
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

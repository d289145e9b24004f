import { expect } from 'chai';
import { caseOf } from './case.js';

describe('token:保存的进度', () => {
  it('等在子流程里、开着五个计时器的案件不过三百字节', async () => {
    const timers = ['remind', 'yellow', 'red', 'order', 'second'];
    const run = await caseOf(`
      start begin
      user accept
      sub handle {
        start s
        user reply
        ${timers.map((timer) => `boundary ${timer} on:reply timer:P1D keep`).join('\n')}
        end e
        s > reply > e
        ${timers.map((timer) => `${timer} > e`).join('\n')}
      }
      end done
      begin > accept > handle > done`);
    run.start().complete('accept');
    expect(run.timers).to.have.length(5);
    expect(JSON.stringify(run.state).length).to.be.below(300);
  });

  it('变量不进入进度', async () => {
    const run = await caseOf('start begin\nuser work\nend done\nbegin > work > done');
    run.take({ kind: 'start' }, { note: '不该出现' });
    expect(JSON.stringify(run.state)).not.to.contain('不该出现');
  });

  it('令牌的编号一经用过不再出现', async () => {
    const run = await caseOf(`
      start begin
      user work
      xor again
      and split
      and join
      user a
      user b
      end done
      begin > work > split > a > join > again
      split > b > join
      again > work if more = true
      again > done default`);
    run.start();
    const seen = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      run.complete('work', { more: true });
      const added = run.last?.waiting.find(({ element }) => element === 'b')?.token ?? '';
      expect(seen.has(added)).to.equal(false);
      seen.add(added);
      run.complete('a').complete('b');
    }
  });
});

import { expect } from 'chai';
import { tokenRuntime } from '../../../../src/engine/runtime/token/index.js';
import { caseOf } from './case.js';

describe('token：保存的进度', () => {
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

  it('时刻不进入进度：哪一刻走的都一样，何时届满由调用者算', async () => {
    const { definition } = await caseOf(
      'start begin\nuser work\nboundary remind on:work timer:P1D\nend done\nbegin > work > done\nremind > done',
    );
    const [one, other] = ['2026-03-04T12:00:00+08:00', '2027-12-31T23:59:59+08:00'].map((at) =>
      tokenRuntime.step(definition, null, { kind: 'start' }, {}, new Date(at)),
    );
    expect(one?.timers.arm).to.have.length(1);
    expect(other).to.deep.equal(one);
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

import { expect } from 'chai';
import { restingTokens } from '../../../../src/engine/runtime/token/relocate.js';
import { caseOf, type Case } from './case.js';

const restingIn = (run: Case) =>
  run.state === null
    ? []
    : restingTokens(JSON.parse(JSON.stringify(run.state)) as typeof run.state, run.definition);
const at = (run: Case, element: string) => {
  const found = restingIn(run).find((one) => one.element === element);
  if (!found) throw new Error(`no token rests at ${element}`);
  return found;
};

describe('token：人移动、取消令牌', () => {
  const forked = `
    start begin
    and fork
    user left
    user right
    and join
    user last
    end done
    begin > fork
    fork > left > join
    fork > right > join
    join > last > done`;

  it('移到同一处能走到的环节；所附的计时停，移到的开始', async () => {
    const run = await caseOf(`
      start begin
      user work
      boundary late on:work timer:P1D
      user next
      boundary later on:next timer:P2D
      end done
      begin > work > next > done
      late > done`);
    run.start();
    const { token, targets, isLast } = at(run, 'work');
    expect([targets, isLast]).to.deep.equal([['next', 'done'], true]);
    run.take({ kind: 'move', token, to: 'next' });
    expect([run.waiting, run.timers]).to.deep.equal([['next'], ['later']]);
    run.complete('next');
    expect(run.ended).to.equal(true);
  });

  it('使汇合一直等下去的，移动、取消都拒绝；已在汇合处等的退得回去', async () => {
    const run = await caseOf(forked);
    run.start();
    const { token } = at(run, 'left');
    expect(run.refusal({ kind: 'withdraw', token })).to.include({
      code: 'intervention.hindered',
      where: 'join',
    });
    expect(run.refusal({ kind: 'move', token, to: 'last' }).where).to.equal('join');
    expect(run.refusal({ kind: 'move', token, to: 'join' }).where).to.equal('join');
    run.complete('left');
    const { token: other } = at(run, 'right');
    expect(run.refusal({ kind: 'withdraw', token: other }).where).to.equal('join');
    const arrived = at(run, 'join').token;
    expect(run.refusal({ kind: 'move', token: arrived, to: 'right' }).where).to.equal('join');
    run.take({ kind: 'move', token: arrived, to: 'left' });
    expect(run.waiting).to.deep.equal(['left', 'right']);
    run.complete('left').complete('right');
    expect(run.waiting).to.deep.equal(['last']);
  });

  it('子流程整个移走，里面的一起中断；里面的最后一个不能取消', async () => {
    const run = await caseOf(`
      start begin
      sub inner {
        start s
        user work
        boundary slow on:work timer:P1D
        user check
        end e
        s > work > check > e
        slow > e
      }
      user last
      end done
      begin > inner > last > done`);
    run.start();
    const { token, mayWithdraw, targets } = at(run, 'work');
    expect([mayWithdraw, targets]).to.deep.equal([false, ['check', 'e']]);
    expect(run.refusal({ kind: 'withdraw', token }).code).to.equal('intervention.hindered');
    run.take({ kind: 'move', token: at(run, 'inner').token, to: 'last' });
    expect([run.waiting, run.timers]).to.deep.equal([['last'], []]);
    run.take({ kind: 'withdraw', token: at(run, 'last').token });
    expect(run.ended).to.equal(true);
    expect(run.events.at(-1)).to.deep.equal({ kind: 'ended', how: 'cancelled' });
  });

  it('不在停着的令牌、移不到的环节，说明为什么', async () => {
    const run = await caseOf(forked);
    run.start();
    expect(run.refusal({ kind: 'withdraw', token: '99' }).code).to.equal('stimulus.not-waiting');
    expect(run.refusal({ kind: 'move', token: at(run, 'left').token, to: 'begin' }).code).to.equal(
      'intervention.hindered',
    );
  });
});

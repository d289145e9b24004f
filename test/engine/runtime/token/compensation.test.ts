import { expect } from 'chai';
import { caseOf } from './case.js';

const booked = `
  start begin
  user book
  boundary bookUndone on:book compensate
  user unbook undoes
  bookUndone ~ unbook
  user pay
  boundary payUndone on:pay compensate
  user refund undoes
  payUndone ~ refund`;

describe('token：补偿', () => {
  it('按完成的相反次序逐一补偿，办完之前抛出者等着', async () => {
    const run = await caseOf(`${booked}
      throw undo compensate
      user after
      end done
      begin > book > pay > undo > after > done`);
    run.start().complete('book').complete('pay');
    expect(run.waiting).to.deep.equal(['refund']);
    run.complete('refund');
    expect(run.waiting).to.deep.equal(['unbook']);
    run.complete('unbook');
    expect(run.waiting).to.deep.equal(['after']);
  });

  it('办过两次的补偿两次，补偿过的不再补偿', async () => {
    const run = await caseOf(`${booked}
      xor again
      throw undo compensate:book
      user between
      throw undoAgain compensate:book
      user after
      end done
      begin > book > again
      again > book if more = true
      again > undo default
      undo > between > undoAgain > after > pay > done`);
    run.start().complete('book', { more: true }).complete('book', { more: false });
    run.complete('unbook').complete('unbook');
    expect(run.waiting).to.deep.equal(['between']);
    run.complete('between');
    expect(run.waiting).to.deep.equal(['after']);
  });

  it('子流程完成后，其中办过的活动仍可补偿', async () => {
    const run = await caseOf(`
      start begin
      sub trip {
        start s
        user book
        boundary bookUndone on:book compensate
        user unbook undoes
        bookUndone ~ unbook
        user pay
        boundary payUndone on:pay compensate
        user refund undoes
        payUndone ~ refund
        end e
        s > book > pay > e
      }
      user decide
      end undo compensate:trip
      begin > trip > decide > undo`);
    run.start().complete('book').complete('pay').complete('decide');
    expect(run.waiting).to.deep.equal(['refund']);
    run.complete('refund').complete('unbook');
    expect(run.ended).to.equal(true);
  });

  it('事件子流程里抛出的补偿，补偿它所属的范围', async () => {
    const run = await caseOf(`${booked}
      end done
      event failed {
        start broken error:bad
        throw undo compensate
        end e
        broken > undo > e
      }
      user last
      begin > book > pay > last > done`);
    run.start().complete('book').complete('pay').error('last', 'bad');
    expect(run.waiting).to.deep.equal(['refund']);
    run.complete('refund').complete('unbook');
    expect(run.ended).to.equal(true);
  });

  it('没有可补偿的就直接过去，并且说明没有接住', async () => {
    const run = await caseOf(`${booked}
      throw undo compensate
      end done
      begin > undo > book > pay > done`);
    run.start();
    expect(run.waiting).to.deep.equal(['book']);
    expect(run.events).to.deep.include({
      kind: 'thrown',
      what: 'compensation',
      name: '',
      element: 'undo',
      caught: false,
    });
  });

  it('被中断而没有完成的活动不补偿', async () => {
    const run = await caseOf(`${booked}
      boundary late on:pay timer:P1D
      end undo compensate
      end done
      begin > book > pay > done
      late > undo`);
    run.start().complete('book').timer('late');
    expect(run.waiting).to.deep.equal(['unbook']);
  });
});

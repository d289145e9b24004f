/** What single entries do to the limits of a matter and to the processes that run. */
import { expect } from 'chai';
import type { CourseEntry } from '../../../src/accountability/course/index.js';
import type { Body } from '../../../src/accountability/events/index.js';
import {
  afterOf,
  at,
  firedOn,
  migratedOn,
  recomputedOn,
  stepOn,
  theSheetCorrected,
  type Dated,
} from './entries.js';

type Arm = NonNullable<Body<'task.completed'>['armed']>[number];
type Act = NonNullable<Body<'task.completed'>['clocks']>[number];

const armed = (due: number | null, element = 'limit', clock: string | null = 'reply'): Arm => ({
  ...{ element, due: due === null ? null : at(due).toISOString(), derivation: { from: due } },
  ...(clock === null ? {} : { clock }),
});
const arming = (day: number, ...arms: readonly Arm[]) => stepOn(day, { armed: arms, waiting: ['办理'] });
const running = (...trail: readonly CourseEntry[]) =>
  afterOf(...trail).processes.flatMap(({ timers }) => timers);

/** As the first step has armed it. */
const first = {
  ...{ instance: 1, element: 'limit', clock: 'reply', begun: 2, due: at(9), dueLast: at(9) },
  ...{ derivation: { from: 9 }, extendedFrom: null, fired: false },
};
const card = {
  ...first,
  element: 'card',
  clock: undefined,
  due: at(8),
  dueLast: at(8),
  derivation: { from: 8 },
};
const both = arming(2, armed(9), armed(8, 'card', null));

describe('一件事项的经过：期限', () => {
  it('起算的写明是哪个流程、哪个环节、哪个期限，何时届满、怎样算的', () => {
    const after = afterOf(both);
    expect(after.processes).to.deep.equal([
      { instance: 1, process: 'handling', waiting: ['办理'], timers: [first, card], gone: [] },
    ]);
    const { armed: began, withdrawn, fired } = after.turn;
    expect({ began, withdrawn, fired }).to.deep.equal({
      began: [first, card],
      withdrawn: [],
      fired: undefined,
    });
  });

  it('一条一条起算的，各是各的；又起算的仍在原处，还是那一条起算的，期限的名称照旧', () => {
    const apart = running(arming(2, armed(9)), arming(3, armed(8, 'card', null)));
    expect(apart).to.deep.equal([first, { ...card, begun: 3 }]);
    const again = afterOf(both, arming(3, armed(7, 'card', 'completion'), armed(12, 'limit', null)));
    const moved = { ...first, due: at(12), dueLast: at(12), derivation: { from: 12 } };
    const late = { ...card, clock: 'completion', due: at(7), dueLast: at(7), derivation: { from: 7 } };
    expect(again.processes[0]?.timers).to.deep.equal([moved, late]);
    expect(again.turn.armed).to.deep.equal([late, moved]);
  });

  it('届满的是所说的那一个，别的照走；以后没有再起算的，一直是届满的', () => {
    const after = afterOf(both, firedOn(9, 'card'));
    expect(after.processes[0]?.timers).to.deep.equal([first, { ...card, fired: true }]);
    expect(after.turn.fired).to.deep.equal(card);
    expect(after.processes[0]?.waiting, 'the step says where it rests').to.deep.equal([]);
    expect(running(both, firedOn(9, 'card'), stepOn(10, {}))).to.deep.equal([
      first,
      { ...card, fired: true },
    ]);
    expect(afterOf(both, stepOn(9, { of: 'card' })).turn.fired, 'a step of that name').to.equal(undefined);
  });

  it('撤了的不再走，条目说得出撤了哪些；同名的还要届满的，找得到最后撤的那一个', () => {
    const gone = afterOf(both, stepOn(3, { withdrawn: ['card'] }));
    expect(gone.processes[0]?.timers).to.deep.equal([first]);
    expect(gone.turn.withdrawn).to.deep.equal([card]);
    const later = arming(4, armed(15, 'card', null));
    const trail = [
      both,
      stepOn(3, { withdrawn: ['card'] }),
      later,
      stepOn(5, { withdrawn: ['card', 'limit'] }),
    ];
    const last = { ...card, begun: 4, due: at(15), dueLast: at(15), derivation: { from: 15 } };
    expect(afterOf(...trail).processes[0]?.gone).to.have.deep.members([last, first]);
    expect(afterOf(...trail, firedOn(9, 'card')).turn.fired).to.deep.equal(last);
    expect(afterOf(...trail, firedOn(9)).turn.fired).to.deep.equal(first);
    expect(afterOf(...trail, firedOn(9, 'other')).turn.fired).to.equal(undefined);
    expect(afterOf(...trail, stepOn(9, { of: 'card' })).turn.fired).to.equal(undefined);
    const other = [both, stepOn(3, { withdrawn: ['card'] }), stepOn(4, { withdrawn: ['limit'] })];
    expect(afterOf(...other).processes[0]?.gone).to.deep.equal([card, first]);
  });

  it('重算的只动所说的那一个，暂停着的不动；条目说得出动了哪一个', () => {
    const { processes, turn } = afterOf(both, recomputedOn(3, 12));
    const moved = { ...first, due: at(12), dueLast: at(12), derivation: { again: true } };
    expect(processes[0]).to.deep.include({ timers: [moved, card], waiting: ['办理'] });
    expect(turn.armed).to.deep.equal([moved]);
    const paused = [both, arming(3, armed(null)), recomputedOn(4, 12)];
    expect(running(...paused)[0]).to.include({ due: null });
    expect(running(...paused)[0]?.dueLast).to.deep.equal(at(9));
    expect(afterOf(...paused).turn.armed).to.deep.equal([]);
  });

  it('重新计时的只动它起算的，条目里也只有这些', () => {
    const rearmed: Dated = {
      ...{ seq: 3, at: at(3), type: 'deadline.rearmed' },
      body: { ...stepOn(3, {}).body, of: 'limit', armed: [armed(7, 'card', null)] },
    };
    const { processes, turn } = afterOf(both, rearmed);
    const late = { ...card, due: at(7), dueLast: at(7), derivation: { from: 7 } };
    expect(processes[0]?.timers).to.deep.equal([first, late]);
    expect(turn.armed).to.deep.equal([late]);
  });

  it('换版改了名的照走，停的那些不再走；没有改名的还是原名', () => {
    const moved = afterOf(both, migratedOn(3, { limit: 'newLimit', 办理: '新办理' }, ['card']));
    expect(moved.processes[0]).to.deep.include({
      ...{ waiting: ['新办理'], timers: [{ ...first, element: 'newLimit' }], gone: [card] },
    });
    expect(running(both, migratedOn(3, {}))).to.deep.equal([first, card]);
    const unknown = { instance: 1, process: 'handling', waiting: [], timers: [], gone: [] };
    expect(afterOf(migratedOn(3, {})).processes).to.deep.equal([unknown]);
  });

  it('别的流程、没有流程的条目不动它；流程完了，它的都不在了，别的照旧', () => {
    const second = stepOn(3, { instance: 2, process: 'supervision', armed: [armed(6)], waiting: ['督办'] });
    const after = afterOf(both, second, theSheetCorrected(4, { title: '停水' }));
    expect(after.processes.map(({ process, waiting }) => [process, waiting])).to.deep.equal([
      ['handling', ['办理']],
      ['supervision', ['督办']],
    ]);
    const { armed: none, withdrawn, fired } = after.turn;
    expect([none, withdrawn, fired]).to.deep.equal([[], [], undefined]);
    const over = afterOf(both, second, stepOn(5, { ended: 'completed' }));
    expect(over.processes.map(({ instance }) => instance)).to.deep.equal([2]);
    expect(afterOf(recomputedOn(3, 12)).processes, 'of no process that is known').to.deep.equal([]);
  });

  it('延长记得原来何时届满：再延长仍是最初的，重新起算的不再有，别的期限的不算', () => {
    const extendedFrom = (act: Act, due: number | null = 14, before: readonly Arm[] = [armed(9)]) =>
      running(arming(2, ...before), stepOn(3, { armed: [armed(due)], clocks: [act] }))[0]?.extendedFrom;
    const extension: Act = { act: 'extend', limit: 'reply', workingDays: 3 };
    expect(extendedFrom(extension)).to.deep.equal(at(9));
    expect(extendedFrom({ ...extension, limit: 'completion' })).to.equal(null);
    expect(extendedFrom({ act: 'restart', limit: 'reply' })).to.equal(null);
    expect(extendedFrom({ act: 'pause', limit: 'reply', reason: '不可抗力' }, null)).to.equal(null);
    expect(extendedFrom({ act: 'resume', limit: 'reply' })).to.equal(null);
    const extended = [arming(2, armed(9)), stepOn(3, { armed: [armed(14)], clocks: [extension] })];
    const then = (day: number, due: number, act: Act) =>
      running(...extended, stepOn(day, { armed: [armed(due)], clocks: [act] }))[0]?.extendedFrom;
    expect(then(4, 19, extension)).to.deep.equal(at(9));
    expect(then(4, 19, { act: 'restart', limit: 'reply' })).to.equal(null);
    expect(then(4, 16, { act: 'resume', limit: 'reply' })).to.deep.equal(at(11));
    expect(then(4, 16, { act: 'resume', limit: 'completion' })).to.deep.equal(at(9));
  });
});

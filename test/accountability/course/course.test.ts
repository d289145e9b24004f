/** The course of a matter, from entries that no scenario produces. */
import { expect } from 'chai';
import { courseOf, step, type CourseEntry } from '../../../src/accountability/course/index.js';
import { at, firedOn, migratedOn, shippedWords as words, stepOn } from './entries.js';

const armed = (day: number | null, element = 'limit') => ({
  ...{ element, clock: 'reply', due: day === null ? null : at(day).toISOString(), derivation: null },
});

const timersOf = (trail: readonly CourseEntry[]) =>
  courseOf(trail, words).processes.flatMap(({ timers }) =>
    timers.map(({ instance, element, due, fired }) => ({ instance, element, due, fired })),
  );

describe('一件事项的经过', () => {
  it('交给谁、谁持有、收回以后谁都不持有：收回的记得最后交给过谁', () => {
    const over = stepOn(2, { deeds: [{ name: 'matter.handed-over', facts: { to: '市水 务局' } }] });
    expect(courseOf([over], words)).to.deep.include({
      holder: { kind: 'handling-unit', unit: '市水务局' },
      unit: '市水务局',
    });
    const back = stepOn(3, { deeds: [{ name: 'matter.taken-back' }] });
    expect(courseOf([over, back], words)).to.deep.include({
      holder: { kind: 'city-hotline', unit: null },
      unit: null,
      lastUnit: '市水务局',
    });
  });

  it('两个流程的同名期限各是各的；流程结束的，期限随之不再计', () => {
    const first = stepOn(2, { armed: [armed(9)] });
    const second = stepOn(3, { instance: 2, armed: [armed(6)] });
    expect(timersOf([first, second])).to.deep.equal([
      { instance: 1, element: 'limit', due: at(9), fired: false },
      { instance: 2, element: 'limit', due: at(6), fired: false },
    ]);
    const ended = stepOn(4, { instance: 2, ended: 'completed' });
    expect(timersOf([first, second, ended]).map(({ instance }) => instance)).to.deep.equal([1]);
  });

  it('几份同名的期限，一份先撤了，另一份届满时仍知道它怎样起算', () => {
    const both = stepOn(2, { armed: [armed(9), { ...armed(9), derivation: { begun: 'later' } }] });
    const one = stepOn(3, { withdrawn: ['limit'] });
    expect(courseOf([both, one, firedOn(9)], words).turn.fired?.derivation).to.deep.equal({ begun: 'later' });
  });

  it('届满以后又起算的是新的一段：先前的延长不带过来；照旧走下去的，条目写明', () => {
    const trail = (rearmed: string[]): CourseEntry[] => [
      stepOn(2, { armed: [armed(5)] }),
      stepOn(3, { armed: [armed(8)], clocks: [{ act: 'extend', limit: 'reply', workingDays: 3 }] }),
      firedOn(8),
      stepOn(10, { armed: [armed(15)], ...(rearmed.length > 0 ? { rearmed } : {}) }),
    ];
    const extendedFrom = (entries: CourseEntry[]) =>
      courseOf(entries, words).processes[0]?.timers[0]?.extendedFrom;
    expect(extendedFrom(trail([]))).to.equal(null);
    expect(extendedFrom(trail(['limit']))).to.deep.equal(at(5));
  });

  it('延期、暂停、恢复以后，记得没有延期的话何时届满', () => {
    const trail = [
      stepOn(2, { armed: [armed(9)] }),
      stepOn(3, { armed: [armed(14)], clocks: [{ act: 'extend', limit: 'reply', workingDays: 3 }] }),
      stepOn(4, { armed: [armed(null)], clocks: [{ act: 'pause', limit: 'reply', reason: '不可抗力' }] }),
      stepOn(6, { armed: [armed(16)], clocks: [{ act: 'resume', limit: 'reply' }] }),
    ];
    const extendedFrom = (length: number) =>
      courseOf(trail.slice(0, length), words).processes[0]?.timers[0]?.extendedFrom;
    expect([1, 2, 3, 4].map(extendedFrom)).to.deep.equal([null, at(9), at(9), at(11)]);
    expect(timersOf(trail.slice(0, 3))[0]?.due).to.equal(null);
  });

  it('换版改了名的期限照样停得下来', () => {
    const migrated = migratedOn(3, { limit: 'newLimit' });
    const trail = [stepOn(2, { armed: [armed(9)] }), migrated];
    expect(timersOf(trail)[0]?.element).to.equal('newLimit');
    expect(timersOf([...trail, stepOn(4, { withdrawn: ['newLimit'] })])).to.deep.equal([]);
  });

  it('看不懂的条目什么也不改变', () => {
    const before = courseOf([stepOn(2, { armed: [armed(9)] })], words);
    const after = step(before, { type: 'unread', altered: true, seq: 3, at: at(3) }, words);
    expect({ ...after, turn: undefined }).to.deep.equal({ ...before, turn: undefined });
  });
});

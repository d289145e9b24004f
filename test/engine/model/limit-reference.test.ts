/** References of timers to the law's limits: how they are read, and what length they get. */
import { expect } from 'chai';
import { createDueDates, defaultCalendar } from '../../../src/calendar/index.js';
import { limitReference } from '../../../src/engine/model/index.js';
import { underLaw, type TimerSpec } from '../../../src/kernel/timer-spec.js';

const reply: TimerSpec = {
  ...{ kind: 'duration', text: '= limit("reply")', unit: 'natural', edge: 'end' },
  limit: 'reply',
};
const days = (count: number) => ({ text: `P${count}D`, unit: 'working-days' }) as const;
const from = new Date('2026-03-02T10:00:00+08:00');
const policies = { version: 1, value: () => undefined };
const dueDates = createDueDates({ calendar: defaultCalendar() });
const due = (spec: TimerSpec, count: number) =>
  dueDates.due(underLaw(spec, days(count)), from, { policies }).at.toISOString();

describe('计时事件依条例的期限', () => {
  it('读得出期限和更严的时长；别的是 FEEL', () => {
    expect(limitReference('= limit("reply")')).to.deep.equal({ clock: 'reply' });
    expect(limitReference(' =limit( "follow-up" ) ')).to.deep.equal({ clock: 'follow-up' });
    expect(limitReference('= stricter(limit("reply"), "P4D")')).to.deep.equal({
      ...{ clock: 'reply', stricter: 'P4D' },
    });
    for (const text of ['P5D', '= promisedDate', '= limit(reply)', '= limit("reply") + 1'])
      expect(limitReference(text), text).to.equal(undefined);
  });

  it('长短、按什么日子算，都由条例定；期限之前的也跟着', () => {
    expect(due(reply, 5)).to.equal('2026-03-09T16:00:00.000Z');
    expect(due(reply, 3)).to.equal('2026-03-05T16:00:00.000Z');
    const reminder: TimerSpec = {
      ...{ kind: 'duration', text: 'P1D', unit: 'working-days', edge: 'end' },
      relative: { direction: 'before', of: 'limit', to: reply },
    };
    expect(due(reminder, 5)).to.equal('2026-03-06T16:00:00.000Z');
    expect(due(reminder, 3)).to.equal('2026-03-04T16:00:00.000Z');
  });

  it('图上更严的先到，条例改得更严的依条例', () => {
    const stricter = { ...reply, stricter: 'P4D' };
    expect(due(stricter, 5)).to.equal('2026-03-06T16:00:00.000Z');
    expect(due(stricter, 3)).to.equal('2026-03-05T16:00:00.000Z');
  });
});

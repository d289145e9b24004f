import { expect } from 'chai';
import {
  createDueDates,
  createWorkingCalendar,
  explain,
  parseBusinessHours,
  shippedSources,
} from '../../src/calendar/index.js';
import { toShanghaiIso } from '../../src/kernel/civil-date.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { policyValues } from '../support/policies.js';
import type { TimerSpec } from '../../src/kernel/timer-spec.js';

const law = shippedLaw('2026-03-02');

const office = '09:00-12:00 13:30-17:30; end=close; hours=business';
const calendar = createWorkingCalendar(shippedSources());
const dueDates = createDueDates({ calendar });
const hours = (text: string): TimerSpec => ({ kind: 'duration', text, unit: 'working-days', edge: 'end' });

function dueUnder(businessHours: string, spec: TimerSpec, from: string): string {
  return toShanghaiIso(dueDates.due(spec, new Date(from), { policies: policyValues({ businessHours }) }).at);
}

describe('business hours, a policy', () => {
  it('《民法典》第二百零三条：有业务时间的，停止业务活动的时间为截止时间', () => {
    expect(dueUnder(office, hours('P5D'), '2026-09-28T10:00:00+08:00')).to.equal('2026-10-10T17:30:00+08:00');
    const midnight = office.replace('end=close', 'end=midnight');
    expect(dueUnder(midnight, hours('P5D'), '2026-09-28T10:00:00+08:00')).to.equal(
      '2026-10-11T00:00:00+08:00',
    );
    expect(dueUnder('none', hours('P5D'), '2026-09-28T10:00:00+08:00')).to.equal('2026-10-11T00:00:00+08:00');
  });

  it('hours run only while business is open, over nights, weekends and holidays', () => {
    expect(dueUnder(office, hours('PT4H'), '2026-09-28T10:00:00+08:00')).to.equal(
      '2026-09-28T15:30:00+08:00',
    );
    expect(dueUnder(office, hours('PT2H'), '2026-09-28T10:00:00+08:00')).to.equal(
      '2026-09-28T12:00:00+08:00',
    );
    expect(dueUnder(office, hours('PT8H'), '2026-09-30T16:30:00+08:00')).to.equal(
      '2026-10-08T17:30:00+08:00',
    );
    expect(dueUnder(office, hours('PT1H'), '2026-10-03T02:00:00+08:00')).to.equal(
      '2026-10-08T10:00:00+08:00',
    );
    expect(dueUnder(office, hours('PT21H'), '2026-09-07T00:00:00+08:00')).to.equal(
      '2026-09-09T17:30:00+08:00',
    );
  });

  it('hours before a limit run backward through business hours', () => {
    const before: TimerSpec = { ...hours('PT8H'), relative: { direction: 'before', to: hours('P5D') } };
    expect(dueUnder(office, before, '2026-09-28T10:00:00+08:00')).to.equal('2026-10-09T16:30:00+08:00');
  });

  it('hours are natural where the policy says so, and in limits that do not count working days', () => {
    expect(
      dueUnder(
        office.replace('hours=business', 'hours=natural'),
        hours('PT24H'),
        '2026-09-30T16:00:00+08:00',
      ),
    ).to.equal('2026-10-01T16:00:00+08:00');
    expect(dueUnder(office, { ...hours('PT24H'), unit: 'natural' }, '2026-09-30T16:00:00+08:00')).to.equal(
      '2026-10-01T16:00:00+08:00',
    );
  });

  it('refuses periods that make no sense', () => {
    const of = (periods: string) => () => parseBusinessHours(`${periods}; end=close; hours=business`);
    expect(of('')).to.throw('不是办公时间');
    expect(of('12:00-09:00')).to.throw('开始早于结束');
    expect(of('09:00-12:00 11:00-17:00')).to.throw('互不重叠');
    expect(of('9点-12:00')).to.throw('“9点”不是时刻');
    expect(of('09:00')).to.throw('“”不是时刻');
    expect(of('00:00-24:00')).not.to.throw();
    expect(() => parseBusinessHours('09:00-12:00; end=noon; hours=business')).to.throw('不是办公时间');
    expect(parseBusinessHours('none')).to.equal(undefined);
  });

  it('is told with the deadline, with the version of the policies', () => {
    const policies = policyValues({ businessHours: office });
    const { derivation } = dueDates.due(hours('PT1H'), new Date('2026-09-28T10:00:00+08:00'), { policies });
    expect(explain(derivation, calendar, law)).to.deep.include({
      hours: 'business',
      businessHours: { value: office, version: 1 },
    });
  });
});

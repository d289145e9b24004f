import { expect } from 'chai';
import {
  businessHours,
  createDueDates,
  createWorkingCalendar,
  dueAfterWorkingDays,
  shippedSources,
  toShanghaiIso,
  type BusinessHoursPolicy,
  type TimerSpec,
} from '../../src/calendar/index.js';
import { withoutPolicies } from '../support/policies.js';

const office: BusinessHoursPolicy = {
  periods: [
    { opens: '09:00', closes: '12:00' },
    { opens: '13:30', closes: '17:30' },
  ],
  dayEnds: 'close',
  hours: 'business',
};
const sources = shippedSources();
const hours = (text: string): TimerSpec => ({ kind: 'duration', text, unit: 'working-days', edge: 'end' });

function dueUnder(policy: BusinessHoursPolicy, spec: TimerSpec, from: string): string {
  const calendar = createWorkingCalendar(sources, { businessHours: policy });
  return toShanghaiIso(
    createDueDates({ calendar }).due(spec, new Date(from), { policies: withoutPolicies }).at,
  );
}

describe('business hours, a policy', () => {
  it('《民法典》第二百零三条:有业务时间的,停止业务活动的时间为截止时间', () => {
    const calendar = createWorkingCalendar(sources, { businessHours: office });
    const { due, dueDate } = dueAfterWorkingDays(calendar, new Date('2026-09-28T10:00:00+08:00'), 5);
    expect([toShanghaiIso(due), dueDate]).to.deep.equal(['2026-10-10T17:30:00+08:00', '2026-10-10']);
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
    expect(dueUnder({ ...office, hours: 'natural' }, hours('PT24H'), '2026-09-30T16:00:00+08:00')).to.equal(
      '2026-10-01T16:00:00+08:00',
    );
    expect(dueUnder(office, { ...hours('PT24H'), unit: 'natural' }, '2026-09-30T16:00:00+08:00')).to.equal(
      '2026-10-01T16:00:00+08:00',
    );
  });

  it('refuses periods that make no sense', () => {
    const of =
      (...periods: [string, string][]) =>
      () =>
        businessHours({ ...office, periods: periods.map(([opens, closes]) => ({ opens, closes })) });
    expect(of()).to.throw('至少一段');
    expect(of(['12:00', '09:00'])).to.throw('开始早于结束');
    expect(of(['09:00', '12:00'], ['11:00', '17:00'])).to.throw('互不重叠');
    expect(of(['9点', '12:00'])).to.throw('“9点”不是时刻');
    expect(of(['00:00', '24:00'])).not.to.throw();
  });
});

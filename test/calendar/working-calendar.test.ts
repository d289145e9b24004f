import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { defaultCalendar } from '../../src/calendar/index.js';
import { civilDateOfDay, dayNumberOf, parseCivilDate } from '../../src/kernel/civil-date.js';
import { shared } from '../support/shared.js';
import { rawDays } from './data.js';
import { count, isWorkday, walk } from './oracle.js';

const date = parseCivilDate;
const calendar = defaultCalendar();
const raw = rawDays();
const dates = fc
  .integer({ min: dayNumberOf(date('2007-01-01')), max: dayNumberOf(date('2026-12-31')) })
  .map(civilDateOfDay);

describe('the shipped calendar', () => {
  it('says of every day of 2007–2026 what the facts at hand say', function () {
    const path = shared(this, 'calendar/state-council-schedules.json');
    const { days } = JSON.parse(readFileSync(path, 'utf8')) as {
      days: Record<string, { off: boolean; name: string }>;
    };
    for (const [text, { off, name }] of Object.entries(days)) {
      const day = calendar.day(date(text));
      expect([day.working, day.decidedBy.name], text).to.deep.equal([!off, name]);
    }
    for (let day = dayNumberOf(date('2006-12-30')); day <= dayNumberOf(date('2026-12-31')); day++) {
      const text = civilDateOfDay(day);
      expect(calendar.isWorkingDay(text), text).to.equal(isWorkday(days, text));
    }
  });

  it('names the notice of a day: number, address, date', () => {
    const { decidedBy, reason } = calendar.day(date('2026-10-10'));
    expect(reason).to.equal('国庆节调休上班（国办发明电〔2025〕7号）');
    expect(decidedBy.source).to.include({
      document: '国办发明电〔2025〕7号',
      publishedOn: '2025-11-04',
      address: 'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm',
    });
  });

  it('2020-02-03 is a Monday that the notice confirms as a workday', () => {
    expect(calendar.day(date('2020-02-03'))).to.include({
      working: true,
      reason: '春节后照常上班（国办发明电〔2020〕1号）',
    });
    expect(calendar.addWorkingDays(date('2020-01-23'), 1)).to.equal('2020-02-03');
  });

  it('2027 has statutory days only and is provisional, as are the last three days of 2026', () => {
    expect(calendar.day(date('2026-12-28')).provisional).to.equal(false);
    expect(calendar.day(date('2026-12-29')).provisional).to.equal(true);
    expect(calendar.day(date('2027-10-01'))).to.include({ working: false, provisional: true });
    expect(calendar.day(date('2027-10-08')).reason).to.equal('工作日（暂定）');
    expect(calendar.day(date('2031-03-03')).provisional).to.equal(true);
    expect(calendar.day(date('2025-12-31')).provisional).to.equal(false);
  });

  it('the edition names a state of the calendar, not the moment it was built', () => {
    expect(defaultCalendar().edition).to.equal(calendar.edition);
    expect(calendar.edition).to.match(/^[0-9a-f]{12}$/);
  });

  it('days outside 2000–2099 are refused, not guessed', () => {
    expect(() => calendar.day(date('1999-12-31'))).to.throw('工作日历之外');
    expect(() => calendar.addWorkingDays(date('2099-12-30'), 40)).to.throw('工作日历之外');
    expect(() => calendar.addWorkingDays(date('2000-01-03'), -5)).to.throw('工作日历之外');
  });
});

describe('working-day arithmetic against a day-by-day oracle, 2007–2026', () => {
  it('the n-th working day after a day', () => {
    fc.assert(
      fc.property(dates, fc.nat(60), (from, n) => {
        fc.pre(walk(raw, from, n) <= '2026-12-31');
        expect(calendar.addWorkingDays(from, n)).to.equal(walk(raw, from, n));
      }),
      { numRuns: 3000 },
    );
  });

  it('the five-day limit from every single day', () => {
    for (let day = dayNumberOf(date('2007-01-01')); day <= dayNumberOf(date('2026-12-20')); day++) {
      const from = civilDateOfDay(day);
      expect(calendar.addWorkingDays(from, 5), from).to.equal(walk(raw, from, 5));
    }
  });

  it('the n-th working day before a day', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (from, n) => {
        fc.pre(from > '2007-06-01');
        expect(calendar.addWorkingDays(from, -n)).to.equal(walk(raw, from, -n));
      }),
      { numRuns: 2000 },
    );
  });

  it('working days between two days', () => {
    fc.assert(
      fc.property(dates, fc.nat(400), (after, span) => {
        const upTo = civilDateOfDay(dayNumberOf(after) + span);
        fc.pre(upTo <= '2026-12-31');
        const expected = count(raw, after, upTo);
        expect(calendar.workingDaysBetween(after, upTo)).to.equal(expected);
        expect(calendar.workingDaysBetween(upTo, after) + expected).to.equal(0);
      }),
      { numRuns: 1000 },
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { defaultCalendar, dueAfterWorkingDays } from '../../src/calendar/index.js';
import { civilDateOf, dayOfLimit, toShanghaiIso } from '../../src/kernel/civil-date.js';
import { dueBeforeDay } from '../../src/calendar/deadline.js';
import { rawDays } from './data.js';
import { nextDate, walk } from './oracle.js';

const calendar = defaultCalendar();
const raw = rawDays();
const at = (text: string) => new Date(text);
const dueBefore = (limit: Date, workingDays: number, edge: 'start' | 'end' = 'end') =>
  dueBeforeDay(calendar, dayOfLimit(limit), workingDays, edge);

describe('第二十四条：五个工作日的期限', () => {
  it('始日不计，第五个工作日 24:00 届满，调休上班的周日计入', () => {
    const deadline = dueAfterWorkingDays(calendar, at('2019-04-24T16:03:40+08:00'), 5);
    expect(toShanghaiIso(deadline.due)).to.equal('2019-05-01T00:00:00+08:00');
    expect(deadline.dueDate).to.equal('2019-04-30');
    expect(deadline.days).to.deep.equal([
      { date: '2019-04-24', counted: false, why: '始日不计' },
      { date: '2019-04-25', counted: true, why: '工作日' },
      { date: '2019-04-26', counted: true, why: '工作日' },
      { date: '2019-04-27', counted: false, why: '周六' },
      { date: '2019-04-28', counted: true, why: '劳动节调休上班（国办发明电〔2019〕3号）' },
      { date: '2019-04-29', counted: true, why: '工作日' },
      { date: '2019-04-30', counted: true, why: '工作日' },
    ]);
  });

  it('任何一天的任何时刻起算，都与逐日推算一致', () => {
    const starts = fc.date({
      min: at('2007-01-01T00:00:00+08:00'),
      max: at('2026-12-01T23:59:59.999+08:00'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(starts, fc.nat(15), (start, n) => {
        // China's day, computed without the calendar: eight hours ahead since 1992.
        const startDate = new Date(start.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
        const dueDate = walk(raw, startDate, n);
        const deadline = dueAfterWorkingDays(calendar, start, n);
        expect(deadline.dueDate).to.equal(dueDate);
        expect(toShanghaiIso(deadline.due)).to.equal(`${nextDate(dueDate)}T00:00:00+08:00`);
        expect(deadline.days.filter(({ counted }) => counted)).to.have.length(n === 0 ? 1 : n);
        expect([deadline.days[0]?.date, deadline.days.at(-1)?.date]).to.deep.equal([startDate, dueDate]);
      }),
      { numRuns: 2000 },
    );
  });

  it('零点整收到的，算当日收到', () => {
    expect(dueAfterWorkingDays(calendar, at('2026-09-08T00:00:00+08:00'), 1).dueDate).to.equal('2026-09-09');
    expect(dueAfterWorkingDays(calendar, at('2026-09-07T23:59:59.999+08:00'), 1).dueDate).to.equal(
      '2026-09-08',
    );
  });

  it('零个工作日：当日 24:00；当日不是工作日的，顺延到下一个工作日（《民法典》第二百零三条）', () => {
    expect(dueAfterWorkingDays(calendar, at('2026-09-08T10:00:00+08:00'), 0)).to.deep.include({
      dueDate: '2026-09-08',
      days: [{ date: '2026-09-08', counted: true, why: '工作日' }],
    });
    expect(dueAfterWorkingDays(calendar, at('2026-10-03T10:00:00+08:00'), 0).dueDate).to.equal('2026-10-08');
  });

  it('非工作日起算：第一个工作日就是第一日', () => {
    expect(dueAfterWorkingDays(calendar, at('2026-10-03T10:00:00+08:00'), 1).dueDate).to.equal('2026-10-08');
  });

  it('期限后第一个工作日的开始', () => {
    const limit = dueAfterWorkingDays(calendar, at('2026-09-28T10:00:00+08:00'), 5);
    expect(toShanghaiIso(limit.due)).to.equal('2026-10-11T00:00:00+08:00');
    const next = dueAfterWorkingDays(calendar, at(`${limit.dueDate}T12:00:00+08:00`), 1, 'start');
    expect(toShanghaiIso(next.due)).to.equal('2026-10-12T00:00:00+08:00');
  });

  it('提前一个工作日：第五个工作日 24:00 之前一个工作日是第四个工作日 24:00', () => {
    const start = at('2026-09-28T10:00:00+08:00');
    const { due } = dueAfterWorkingDays(calendar, start, 5);
    for (const lead of [1, 2, 3, 4]) {
      const card = dueBefore(due, lead);
      expect(card.due).to.deep.equal(dueAfterWorkingDays(calendar, start, 5 - lead).due);
    }
    expect(dueBefore(due, 1).days).to.deep.equal([
      { date: '2026-10-09', counted: true, why: '工作日' },
      { date: '2026-10-10', counted: false, why: '原期限届满之日不计' },
    ]);
    // A promised moment on a Saturday: one working day before it is the end of Friday.
    const promised = at('2026-09-12T18:00:00+08:00');
    expect(dueBefore(promised, 1).dueDate).to.equal('2026-09-11');
    expect(dueBefore(promised, 0).dueDate).to.equal('2026-09-11');
    expect(toShanghaiIso(dueBefore(promised, 1, 'start').due)).to.equal('2026-09-11T00:00:00+08:00');
  });

  it('往后数和往前数互为逆运算', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2008-01-01Z'), max: at('2026-06-01Z'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        (start, n) => {
          const { due } = dueAfterWorkingDays(calendar, start, n + 1);
          expect(dueBefore(due, n).due).to.deep.equal(dueAfterWorkingDays(calendar, start, 1).due);
        },
      ),
    );
  });

  it('2026 年 12 月 22 日起算的五日期限是暂定的，21 日起算的不是', () => {
    const due = (day: number) => dueAfterWorkingDays(calendar, at(`2026-12-${day}T09:00:00+08:00`), 5);
    expect(due(21)).to.include({ dueDate: '2026-12-28', provisional: false });
    for (const day of [22, 23, 24, 25, 26, 27, 28, 29, 30, 31])
      expect(due(day).provisional, `${day}`).to.equal(true);
    expect(due(22).days.at(-1)).to.deep.equal({ date: '2026-12-29', counted: true, why: '工作日（暂定）' });
  });

  it('不成话的天数不接受', () => {
    for (const n of [-1, 1.5, NaN, Infinity, 3661]) {
      expect(() => dueAfterWorkingDays(calendar, at('2026-09-28T10:00:00+08:00'), n), `${n}`).to.throw(
        '工作日数',
      );
    }
    expect(() => dueAfterWorkingDays(calendar, new Date(NaN), 5)).to.throw('工作日历之外');
  });

  it('每个起算时刻落在哪一天，只看中国时间', () => {
    const start = at('2026-09-30T23:30:00+08:00');
    expect(civilDateOf(start)).to.equal('2026-09-30');
    expect(dueAfterWorkingDays(calendar, start, 1).dueDate).to.equal('2026-10-08');
  });
});

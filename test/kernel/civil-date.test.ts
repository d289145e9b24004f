import { tzOffset } from '@date-fns/tz';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  civilDateOf,
  civilDateOfDay,
  dayNumberOf,
  dayOfLimit,
  endOfDay,
  isCivilDate,
  lastDayBefore,
  parseCivilDate,
  startOfDay,
  toShanghaiIso,
  weekdayName,
} from '../../src/kernel/civil-date.js';
import { parseInstant } from '../../src/kernel/instant.js';

const day = (text: string) => dayNumberOf(parseCivilDate(text));

describe('civil dates in Asia/Shanghai', () => {
  it('不存在的日期说得清楚', () => {
    expect(() => parseCivilDate('2026-02-29')).to.throw('没有“2026-02-29”这一天');
    expect(() => parseCivilDate('2026-13-01')).to.throw('没有“2026-13-01”这一天');
    expect(() => parseCivilDate('10月1日')).to.throw('“10月1日”不是日期');
    expect(isCivilDate('2024-02-29')).to.equal(true);
  });

  it('an instant lies in the day that China has, and 00:00 begins a day', () => {
    expect(civilDateOf(new Date('2026-09-29T15:59:59.999Z'))).to.equal('2026-09-29');
    expect(civilDateOf(new Date('2026-09-29T16:00:00.000Z'))).to.equal('2026-09-30');
  });

  it('a limit at 00:00 belongs to the day that has ended', () => {
    expect(lastDayBefore(new Date('2019-05-01T00:00:00+08:00'))).to.equal('2019-04-30');
    expect(lastDayBefore(new Date('2019-05-01T00:00:00.001+08:00'))).to.equal('2019-05-01');
    expect(dayOfLimit(endOfDay(day('2026-10-10')))).to.equal(day('2026-10-10'));
  });

  it('days, numbers and instants lead back to each other, the summer-time years 1986–1991 included', () => {
    const first = day('1970-01-01');
    fc.assert(
      fc.property(fc.integer({ min: first, max: day('2099-12-30') }), (number) => {
        expect(dayNumberOf(civilDateOfDay(number))).to.equal(number);
        expect(dayNumberOf(civilDateOf(startOfDay(number)))).to.equal(number);
        expect(endOfDay(number).getTime()).to.equal(startOfDay(number + 1).getTime());
      }),
      { numRuns: 2000 },
    );
    expect(toShanghaiIso(new Date('1988-07-01T00:00:00Z'))).to.equal('1988-07-01T09:00:00+09:00');
    for (let number = day('1986-01-01'); number < day('1992-01-01'); number++) {
      expect(toShanghaiIso(startOfDay(number)), civilDateOfDay(number)).to.match(/T00:00:00\+0[89]:00$/);
    }
  });

  it('since 1992 the offset that we take as constant is the one of the zone database', () => {
    for (let month = Date.UTC(1992, 0, 1); month < Date.UTC(2100, 0, 1); month += 15 * 86_400_000) {
      expect(tzOffset('Asia/Shanghai', new Date(month))).to.equal(480);
    }
  });

  it('writes instants with +08:00 and milliseconds only where there are any', () => {
    expect(toShanghaiIso(new Date('2019-04-30T16:00:00Z'))).to.equal('2019-05-01T00:00:00+08:00');
    expect(toShanghaiIso(new Date('2019-04-30T16:00:00.050Z'))).to.equal('2019-05-01T00:00:00.050+08:00');
    expect(weekdayName(day('2026-10-01'))).to.equal('周四');
  });
});

describe('reading instants', () => {
  it('takes a time with a zone, or a plain date in China', () => {
    const read = (text: string) => toShanghaiIso(parseInstant(text, 'start-of-day'));
    expect(read('2026-09-29T10:30:00+08:00')).to.equal('2026-09-29T10:30:00+08:00');
    expect(read('2026-09-29T10:30Z')).to.equal('2026-09-29T18:30:00+08:00');
    expect(read('2026-09-29T10:30:00.5-05:00')).to.equal('2026-09-29T23:30:00.500+08:00');
    expect(read('2026-09-29')).to.equal('2026-09-29T00:00:00+08:00');
    expect(toShanghaiIso(parseInstant('2026-09-29', 'end-of-day'))).to.equal('2026-09-30T00:00:00+08:00');
  });

  it('没有时区的时刻、不存在的时刻不接受', () => {
    const read = (text: string) => () => parseInstant(text, 'start-of-day');
    expect(read('2026-09-29T10:30:00')).to.throw('没有写明时区');
    expect(read('2026-02-30T10:30:00+08:00')).to.throw('没有“2026-02-30”这一天');
    expect(read('2026-02-30')).to.throw('没有“2026-02-30”这一天');
    expect(read('2026-09-29T25:00:00+08:00')).to.throw('时、分、秒或时区不存在');
    expect(read('2026-09-29T10:30:00+15:00')).to.throw('时、分、秒或时区不存在');
    for (const text of ['', '明天', '2026/09/29', '1790000000', '2026-09-29 10:30+08:00']) {
      expect(read(text), text).to.throw('不是日期或时刻');
    }
  });
});

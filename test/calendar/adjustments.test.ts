/** Compares restarted, paused and extended limits with a day-by-day count that shares no code. */
import { expect } from 'chai';
import fc from 'fast-check';
import { createDueDates, defaultCalendar, explain } from '../../src/calendar/index.js';
import { stretchOf } from '../../src/calendar/adjustments.js';
import { toShanghaiIso } from '../../src/kernel/civil-date.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { policyValues, withoutPolicies } from '../support/policies.js';
import { rawDays } from './data.js';
import { isWorkday, nextDate } from './oracle.js';
import type { Adjustment, TimerSpec } from '../../src/kernel/timer-spec.js';

const law = shippedLaw('2026-03-02');

const raw = rawDays();
const calendar = defaultCalendar();
const dueDates = createDueDates({ calendar });
const limit: TimerSpec = { kind: 'duration', text: 'P5D', unit: 'working-days', edge: 'end' };
const yellow: TimerSpec = { ...limit, text: 'P1D', relative: { direction: 'before', to: limit } };
const monday = '2026-03-02T10:00:00+08:00';

const due = (adjustments: readonly Adjustment[], spec = limit, from = monday) =>
  dueDates.due(spec, new Date(from), { policies: withoutPolicies, adjustments });
const at = (...given: Parameters<typeof due>) => toShanghaiIso(due(...given).at);
const pause = (from: string, to?: string): Adjustment => ({
  kind: 'pause',
  from: `${from}+08:00`,
  reason: '不可抗力',
  ...(to === undefined ? {} : { to: `${to}+08:00` }),
});
const extend = (workingDays: number): Adjustment => ({ kind: 'extend', at: monday, workingDays });

const days = (date: string, step: number) => nextDate(date, step);

/** 24:00 of the civil day in Asia/Shanghai, as milliseconds. */
const endOf = (date: string) => Date.parse(`${days(date, 1)}T00:00:00+08:00`);
const dateOf = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);

/** Day by day: a working day counts unless the limit is paused at its end. */
function naive(start: number, workingDays: number, pauses: readonly (readonly [number, number])[]): number {
  let date = dateOf(start);
  for (let left = workingDays; left > 0;) {
    date = days(date, 1);
    const still = pauses.some(([from, to]) => from < endOf(date) && endOf(date) <= to);
    if (isWorkday(raw, date) && !still) left--;
  }
  return endOf(date);
}

const hour = 3_600_000;
const span = { min: Date.parse('2007-02-01T00:00:00Z'), max: Date.parse('2025-06-01T00:00:00Z') };

describe('期限的重新起算、暂停和延长', () => {
  it('暂停跨过当日 24:00 的，当日不计；当日恢复的，照计', () => {
    expect(at([])).to.equal('2026-03-10T00:00:00+08:00');
    expect(at([pause('2026-03-04T10:00', '2026-03-04T15:00')])).to.equal('2026-03-10T00:00:00+08:00');
    expect(at([pause('2026-03-04T10:00', '2026-03-05T15:00')])).to.equal('2026-03-11T00:00:00+08:00');
    // Paused on the last day: it does not end while it stands still.
    expect(at([pause('2026-03-09T23:00', '2026-03-10T09:00')])).to.equal('2026-03-11T00:00:00+08:00');
    expect(at([pause('2026-03-06T10:00', '2026-03-09T00:00')])).to.equal('2026-03-11T00:00:00+08:00');
  });

  it('当日以停止办公为止的：停止办公时还停着的那一日不计，那一刻起停、那一刻恢复的也照此', () => {
    const office = policyValues({ businessHours: '09:00-12:00 13:30-17:30; end=close; hours=natural' });
    const untilClose = (from: string, to: string) =>
      toShanghaiIso(
        dueDates.due(limit, new Date(monday), { policies: office, adjustments: [pause(from, to)] }).at,
      );
    expect(untilClose('2026-03-03T18:00', '2026-03-05T12:00')).to.equal('2026-03-10T17:30:00+08:00');
    expect(untilClose('2026-03-03T17:30', '2026-03-05T17:29')).to.equal('2026-03-10T17:30:00+08:00');
    expect(untilClose('2026-03-03T17:29', '2026-03-05T17:29')).to.equal('2026-03-11T17:30:00+08:00');
    expect(untilClose('2026-03-03T17:30', '2026-03-05T17:30')).to.equal('2026-03-11T17:30:00+08:00');
  });

  it('暂停期间没有届满的时刻，提醒、黄牌也停着', () => {
    for (const spec of [limit, yellow]) {
      const { paused, at: never, derivation } = due([pause('2026-03-04T10:00')], spec);
      expect(paused).to.equal(true);
      expect(never.getUTCFullYear()).to.equal(9999);
      expect(explain(derivation, calendar, law)).to.include({
        due: null,
        pausedSince: '2026-03-04T10:00:00+08:00',
      });
    }
    expect(due([pause('2026-03-04T10:00'), extend(2)]).paused, 'extended meanwhile').to.equal(true);
    expect(stretchOf(calendar, [pause('2026-03-04T10:00')])?.pauses).to.deep.equal([]);
  });

  it('没有这些事的，没有什么延长它', () => {
    expect([stretchOf(calendar), stretchOf(calendar, [])]).to.deep.equal([undefined, undefined]);
  });

  it('黄牌跟着延长以后的期限走', () => {
    expect(at([extend(5)])).to.equal('2026-03-17T00:00:00+08:00');
    expect(at([extend(5)], yellow)).to.equal('2026-03-14T00:00:00+08:00');
  });

  it('说明写出每一天为什么计、为什么不计，以及发生过什么', () => {
    const adjustments = [pause('2026-03-04T10:00', '2026-03-06T15:00'), extend(2)];
    const explanation = explain(due(adjustments).derivation, calendar, law);
    expect(explanation.adjustments).to.deep.equal(adjustments);
    expect(explanation.workingDays).to.equal(5);
    expect(explanation.days).to.deep.include({
      date: '2026-03-04',
      to: '2026-03-05',
      counted: false,
      why: '暂停（不可抗力）',
    });
  });

  it('按小时计的，暂停了多久，顺延多久；只按办公时间计的，只算办公时间', () => {
    const hours: TimerSpec = { ...limit, text: 'PT24H' };
    const paused = [pause('2026-03-02T20:00', '2026-03-03T02:00')];
    expect(at(paused, hours)).to.equal('2026-03-03T16:00:00+08:00');
    expect(at(paused, { ...hours, unit: 'natural', text: 'P1D' })).to.equal('2026-03-03T16:00:00+08:00');
    const answer = dueDates.due({ ...limit, text: 'PT8H' }, new Date(monday), {
      policies: policyValues({ businessHours: '09:00-12:00 13:30-17:30; end=midnight; hours=business' }),
      // Two business hours on Monday, then nothing until Tuesday at 15:00: six are left.
      adjustments: [pause('2026-03-02T12:30', '2026-03-03T15:00')],
    });
    expect(toShanghaiIso(answer.at)).to.equal('2026-03-04T14:00:00+08:00');
  });

  it('届满以后、届满那一刻才起停的，重新起算以前就恢复了的，都不顺延', () => {
    const day: TimerSpec = { ...limit, unit: 'natural', text: 'P1D' };
    for (const from of ['2026-03-03T10:00', '2026-03-03T11:00'])
      expect(at([pause(from, '2026-03-03T15:00')], day), from).to.equal('2026-03-03T10:00:00+08:00');
    const office = policyValues({ businessHours: '09:00-12:00 13:30-17:30; end=midnight; hours=business' });
    const inOffice = (...adjustments: readonly Adjustment[]) =>
      toShanghaiIso(
        dueDates.due({ ...limit, text: 'PT2H' }, new Date(monday), { policies: office, adjustments }).at,
      );
    for (const from of ['2026-03-02T12:00', '2026-03-02T14:00'])
      expect(inOffice(pause(from, '2026-03-02T16:00')), from).to.equal('2026-03-02T12:00:00+08:00');
    const restart: Adjustment = { kind: 'restart', at: '2026-03-02T15:00:00+08:00' };
    expect(inOffice(pause('2026-03-02T11:00', '2026-03-02T14:00'), restart)).to.equal(
      '2026-03-02T17:00:00+08:00',
    );
  });

  it('重新起算的，从那一刻数起，原先的起算不再算数', () => {
    const restart: Adjustment = { kind: 'restart', at: '2026-03-04T09:00:00+08:00' };
    expect(at([restart])).to.equal('2026-03-12T00:00:00+08:00');
    expect(explain(due([restart]).derivation, calendar, law).start).to.equal('2026-03-04T09:00:00+08:00');
  });

  it('与逐日数的结果相同：任何起算时刻、几次暂停、延长几日、重新起算', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 600 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.integer(span),
        fc.integer({ min: 1, max: 12 }),
        gaps,
        fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 2 }),
        fc.boolean(),
        (begun, length, hours, extensions, restarted) => {
          const start = restarted ? begun + 50 * hour : begun;
          const pauses: [number, number][] = [];
          let time = start;
          for (const [after, lasting] of hours) {
            pauses.push([time + after * hour, time + (after + lasting) * hour]);
            time += (after + lasting) * hour;
          }
          const iso = (instant: number) => new Date(instant).toISOString();
          const adjustments: Adjustment[] = [
            ...(restarted ? [{ kind: 'restart', at: iso(start) } as const] : []),
            ...pauses.map(
              ([from, to]) => ({ kind: 'pause', from: iso(from), to: iso(to), reason: '' }) as const,
            ),
            ...extensions.map((workingDays) => ({ kind: 'extend', at: iso(begun), workingDays }) as const),
          ];
          const total = extensions.reduce((sum, one) => sum + one, length);
          const spec = { ...limit, text: `P${length}D` };
          const answer = dueDates.due(spec, new Date(begun), { policies: withoutPolicies, adjustments });
          expect(answer.at.getTime()).to.equal(naive(start, total, pauses));
          // A date told to the caller is where the plain count would have ended.
          const date: TimerSpec = { ...limit, kind: 'date', text: dateOf(naive(start, length, []) - 1) };
          const promised = dueDates.due(date, new Date(begun), { policies: withoutPolicies, adjustments });
          expect(promised.at.getTime()).to.equal(naive(start, total, pauses));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

import { expect } from 'chai';
import type { Json } from '../../src/kernel/index.js';
import { createDueDates, defaultCalendar, explain } from '../../src/calendar/index.js';
import { toShanghaiIso } from '../../src/kernel/civil-date.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { policyValues, withoutPolicies } from '../support/policies.js';
import type { TimerSpec } from '../../src/kernel/timer-spec.js';

const law = shippedLaw('2026-03-02');

const calendar = defaultCalendar();

const dueDates = createDueDates({ calendar });
const terms = { policies: withoutPolicies };

const monday = '2026-09-28T10:00:00+08:00';

function natural(text: string, more: Partial<TimerSpec> = {}): TimerSpec {
  return { kind: 'duration', text, unit: 'natural', edge: 'end', ...more };
}
function working(text: string, more: Partial<TimerSpec> = {}): TimerSpec {
  return natural(text, { unit: 'working-days', ...more });
}
function due(spec: TimerSpec, from = monday): string {
  return toShanghaiIso(dueDates.due(spec, new Date(from), terms).at);
}

describe('timers of a diagram become instants', () => {
  it('a duration in working days ends at 24:00 of the last, or starts with it', () => {
    expect(due(working('P5D'))).to.equal('2026-10-11T00:00:00+08:00');
    expect(due(working('P5D', { edge: 'start' }))).to.equal('2026-10-10T00:00:00+08:00');
    expect(due(working('P0D'))).to.equal('2026-09-29T00:00:00+08:00');
    expect(due(working('P0D'), '2026-10-01T08:00:00+08:00')).to.equal('2026-10-09T00:00:00+08:00');
  });

  it('a natural duration keeps the time of day', () => {
    expect(due(natural('P5D'))).to.equal('2026-10-03T10:00:00+08:00');
    expect(due(natural('PT24H'))).to.equal('2026-09-29T10:00:00+08:00');
    expect(due(natural('P1W'))).to.equal('2026-10-05T10:00:00+08:00');
    expect(due(natural('PT1M1.5S'))).to.equal('2026-09-28T10:01:01.500+08:00');
    expect(due(natural('P1M'), '2027-01-31T10:00:00+08:00')).to.equal('2027-02-28T10:00:00+08:00');
    expect(due(natural('P1Y'), '2028-02-29T10:00:00+08:00')).to.equal('2029-02-28T10:00:00+08:00');
  });

  it('a length that the case set says who set it, and is refused in those words', () => {
    const spec = working('PT2H', { setBy: '派单目录第 3 行' });
    const { derivation, at } = dueDates.due(spec, new Date(monday), terms);
    expect(toShanghaiIso(at)).to.equal('2026-09-28T12:00:00+08:00');
    expect(explain(derivation, calendar, law)).to.include({ setBy: '派单目录第 3 行', rule: 'hours' });
    expect(() => due({ ...spec, text: '两小时' })).to.throw('时限“两小时”（派单目录第 3 行）：不是时长');
  });

  it('mixed with working days: months and weeks are natural and come first, hours run from the edge', () => {
    expect(due(working('PT24H'))).to.equal('2026-09-29T10:00:00+08:00');
    expect(due(working('P1DT4H'))).to.equal('2026-09-30T04:00:00+08:00');
    expect(due(working('P1DT9H', { edge: 'start' }))).to.equal('2026-09-29T09:00:00+08:00');
    // A week after 28 September is 5 October, a holiday: it moves to the next working day (Article 203).
    expect(due(working('P1W'))).to.equal('2026-10-09T00:00:00+08:00');
    expect(due(working('P1M2D'))).to.equal('2026-10-31T00:00:00+08:00');
  });

  it('第二十四条的黄牌、红牌：期限前一个工作日 24:00，期限后第一个工作日 00:00', () => {
    for (const [from, yellow, limit, red] of [
      [monday, '2026-10-10', '2026-10-11', '2026-10-12'],
      // Friday 24:00 limit: red on Monday. Tuesday 24:00 limit: red on Wednesday, the very instant of the limit.
      ['2026-09-04T10:00:00+08:00', '2026-09-11', '2026-09-12', '2026-09-14'],
      ['2026-09-01T10:00:00+08:00', '2026-09-08', '2026-09-09', '2026-09-09'],
    ] as const) {
      const to = working('P5D');
      const card = working('P1D', { relative: { direction: 'before', to } });
      const after = working('P1D', { edge: 'start', relative: { direction: 'after', to } });
      expect([due(card, from), due(to, from), due(after, from)]).to.deep.equal(
        [yellow, limit, red].map((date) => `${date}T00:00:00+08:00`),
      );
    }
  });

  it('natural lengths before and after a limit, chains of limits, and a promised date as the base', () => {
    const to = working('P5D');
    expect(due(natural('PT24H', { relative: { direction: 'before', to } }))).to.equal(
      '2026-10-10T00:00:00+08:00',
    );
    expect(due(natural('PT1H', { relative: { direction: 'after', to } }))).to.equal(
      '2026-10-11T01:00:00+08:00',
    );
    const order = working('P3D', { relative: { direction: 'after', to } });
    expect(due(order)).to.equal('2026-10-15T00:00:00+08:00');
    expect(due(working('P1D', { relative: { direction: 'before', to: order } }))).to.equal(
      '2026-10-14T00:00:00+08:00',
    );
    // With edge `start` an instant at 00:00 begins its day, so the next working day is the one
    // after.
    const begins = working('P1D', { edge: 'start' });
    expect(due(working('P1D', { relative: { direction: 'after', to: begins } }))).to.equal(
      '2026-10-01T00:00:00+08:00',
    );
    const promised: TimerSpec = { kind: 'date', text: '2026-11-24', unit: 'natural', edge: 'end' };
    expect(due(working('P1D', { relative: { direction: 'before', to: promised } }))).to.equal(
      '2026-11-24T00:00:00+08:00',
    );
  });

  it('a date is an instant with a zone, or a plain day that is kept until its end', () => {
    const date = (text: string): TimerSpec => ({ kind: 'date', text, unit: 'natural', edge: 'end' });
    expect(due(date('2026-11-24T00:00:00+08:00'))).to.equal('2026-11-24T00:00:00+08:00');
    expect(due(date('2026-11-24T00:00:00Z'))).to.equal('2026-11-24T08:00:00+08:00');
    expect(due(date('2026-11-24'))).to.equal('2026-11-25T00:00:00+08:00');
    expect(() => due(date('2026-11-24T10:00:00')))
      .to.throw('没有写明时区')
      .with.property('code', 'timer.invalid');
    expect(() => due(date('2026-02-30'))).to.throw('没有“2026-02-30”这一天');
  });

  it('a cycle gives the next occurrence', () => {
    const cycle = (text: string, more: Partial<TimerSpec> = {}): TimerSpec =>
      natural(text, { kind: 'cycle', ...more });
    expect(due(cycle('R3/PT1H'))).to.equal('2026-09-28T11:00:00+08:00');
    expect(due(cycle('R/P1D'))).to.equal('2026-09-29T10:00:00+08:00');
    expect(due(cycle('R/2026-09-01T08:00:00+08:00/P1W'))).to.equal('2026-09-29T08:00:00+08:00');
    expect(due(cycle('R/2027-09-01T08:00:00+08:00/P1W'))).to.equal('2027-09-01T08:00:00+08:00');
    expect(due(cycle('R/2026-01-31T08:00:00+08:00/P1M'))).to.equal('2026-09-30T08:00:00+08:00');
    expect(due(cycle('R/2001-01-01T00:00:00Z/PT1S'))).to.equal('2026-09-28T10:00:01+08:00');
    for (const text of ['R3', 'PT1H', '0 0 * * *', 'R/PT0S', 'R-1/PT1H', 'R/2026-09-01T08:00:00/P1W']) {
      expect(() => due(cycle(text)), text)
        .to.throw()
        .with.property('code', 'timer.invalid');
    }
  });

  it('a daily cycle in working days leaves none out, though it fires at 24:00', () => {
    for (const edge of ['end', 'start'] as const) {
      let from = '2026-09-28T10:00:00+08:00';
      const fired: string[] = [];
      for (let times = 0; times < 4; times++) {
        from = due({ kind: 'cycle', text: 'R/P1D', unit: 'working-days', edge }, from);
        fired.push(from.slice(0, 10));
      }
      const expected =
        edge === 'end'
          ? ['2026-09-30', '2026-10-01', '2026-10-09', '2026-10-10']
          : ['2026-09-29', '2026-09-30', '2026-10-08', '2026-10-09'];
      expect(fired).to.deep.equal(expected);
    }
  });
});

describe('政策 firstDay：始日计入', () => {
  const counted = (spec: TimerSpec, from: string) =>
    dueDates.due(spec, new Date(from), { policies: policyValues({ firstDay: 'counted' }) });
  const friday = '2026-09-11T23:59:00+08:00';
  const saturday = '2026-09-12T08:00:00+08:00';

  it('收到当天是工作日的，当天就是第一日；不是的，其后第一个工作日是第一日', () => {
    expect(toShanghaiIso(counted(working('P1D'), friday).at)).to.equal('2026-09-12T00:00:00+08:00');
    expect(toShanghaiIso(counted(working('P5D'), friday).at)).to.equal('2026-09-18T00:00:00+08:00');
    expect(toShanghaiIso(counted(working('P1D'), saturday).at)).to.equal('2026-09-15T00:00:00+08:00');
    expect(due(working('P5D'), friday)).to.equal('2026-09-19T00:00:00+08:00');
  });

  it('说明里写明计入，黄牌跟着走；另一期限届满之日仍不计', () => {
    const limit = working('P5D');
    const explanation = explain(counted(limit, friday).derivation, calendar, law);
    expect(explanation.firstDay).to.deep.equal({ value: 'counted', version: 1 });
    expect(explanation.days).to.deep.include({ date: '2026-09-11', counted: true, why: '工作日' });
    const yellow = working('P1D', { relative: { direction: 'before', to: limit } });
    expect(toShanghaiIso(counted(yellow, friday).at)).to.equal('2026-09-17T00:00:00+08:00');
    const red = working('P1D', { edge: 'start', relative: { direction: 'after', to: limit } });
    expect(toShanghaiIso(counted(red, friday).at)).to.equal('2026-09-18T00:00:00+08:00');
  });

  it('先过自然月再数工作日的，月的对应日不是始日', () => {
    expect(toShanghaiIso(counted(working('P1M1D'), friday).at)).to.equal(due(working('P1M1D'), friday));
  });

  it('循环的时限不受影响', () => {
    const cycle = working('R/P1D', { kind: 'cycle' });
    expect(toShanghaiIso(counted(cycle, friday).at)).to.equal(due(cycle, friday));
  });
});

describe('a policy is the length, where the diagram names one', () => {
  const dueWith = (values: { readonly [key: string]: string }) =>
    dueDates.due(spec, new Date(monday), { policies: policyValues(values) });
  const spec = working('P3D', { policy: 'supervisionLimit' });

  it('its value wins over the text, and both are told', () => {
    const { at, derivation } = dueWith({ supervisionLimit: 'P2D' });
    expect(toShanghaiIso(at)).to.equal('2026-10-01T00:00:00+08:00');
    expect(explain(derivation, calendar, law)).to.deep.include({
      text: 'P2D',
      policy: { key: 'supervisionLimit', value: 'P2D', version: 1, written: 'P3D' },
    });
  });

  it('without a value the text stands', () => {
    const { at, derivation } = dueWith({});
    expect(toShanghaiIso(at)).to.equal('2026-10-09T00:00:00+08:00');
    expect(explain(derivation, calendar, law).policy).to.deep.equal({
      key: 'supervisionLimit',
      value: null,
      version: 1,
      written: 'P3D',
    });
  });

  it('a value that is no length is refused by the policy’s name', () => {
    expect(() => dueWith({ supervisionLimit: '三天' }))
      .to.throw('时限“三天”（政策 supervisionLimit）：不是时长')
      .with.property('where', 'supervisionLimit');
  });
});

describe('what no timer can mean is refused', () => {
  it('wrong durations', () => {
    for (const text of [
      '',
      'P',
      'PT',
      '5D',
      'P5',
      'P-1D',
      '-P1D',
      'P1.5D',
      'P1S',
      'PT5D',
      'p5d',
      'P5D ago',
      'P1DT',
    ]) {
      expect(() => due(natural(text)), text)
        .to.throw('不是时长')
        .with.property('code', 'timer.invalid');
    }
  });

  it('lengths that lead out of the calendar or out of time', () => {
    expect(() => due(natural('P9999Y'))).to.throw('超出公历');
    expect(() => due(working('P3661D'))).to.throw('工作日数');
    expect(() => due(working('P100Y1D'))).to.throw('工作日历之外');
  });

  it('dates and cycles before or after a limit', () => {
    const relative = { direction: 'after', to: working('P5D') } as const;
    for (const kind of ['date', 'cycle'] as const) {
      expect(() => due({ ...natural('R/P1D'), kind, relative })).to.throw('只能用于时长');
    }
  });
});

describe('a cycle with a fixed start, counted in working days', () => {
  const next = (text: string, from: string): string =>
    dueDates.due(working(text, { kind: 'cycle' }), new Date(from), terms).at.toISOString();

  it('an instant on a day off comes on the next working day, at the same time of day', () => {
    // The national day of 2026: 1 to 7 October; Saturday the 10th is worked.
    const monthly = 'R/2026-01-01T08:30:00+08:00/P1M';
    expect(next(monthly, monday)).to.equal('2026-10-08T00:30:00.000Z');
    expect(next(monthly, '2026-10-01T09:00:00+08:00')).to.equal('2026-10-08T00:30:00.000Z');
    expect(next(monthly, '2026-10-08T08:30:00+08:00')).to.equal('2026-11-02T00:30:00.000Z');
  });

  it('instants that meet on one working day are one', () => {
    const daily = 'R/2026-09-01T00:00:00+08:00/P1D';
    expect(next(daily, '2026-09-30T00:00:00+08:00')).to.equal('2026-10-07T16:00:00.000Z');
    expect(next(daily, '2026-10-08T00:00:00+08:00')).to.equal('2026-10-08T16:00:00.000Z');
    expect(next(daily, '2026-10-09T00:00:00+08:00')).to.equal('2026-10-09T16:00:00.000Z');
  });
});

describe('a deadline explains itself', () => {
  it('says rule, start, every day counted or not and why, in a few hundred bytes', () => {
    const { derivation, provisional } = dueDates.due(working('P5D'), new Date(monday), terms);
    expect(provisional).to.equal(false);
    expect(explain(derivation, calendar, law)).to.deep.equal({
      rule: 'working-days',
      text: 'P5D',
      start: monday,
      workingDays: 5,
      edge: 'end',
      basis: '《民法典》第二百零一条、第二百零三条（类推适用）',
      calendar: calendar.edition,
      days: [
        { date: '2026-09-28', counted: false, why: '始日不计' },
        { date: '2026-09-29', to: '2026-09-30', counted: true, why: '工作日' },
        { date: '2026-10-01', to: '2026-10-07', counted: false, why: '国庆节（国办发明电〔2025〕7号）' },
        { date: '2026-10-08', to: '2026-10-09', counted: true, why: '工作日' },
        { date: '2026-10-10', counted: true, why: '国庆节调休上班（国办发明电〔2025〕7号）' },
      ],
      due: '2026-10-11T00:00:00+08:00',
      dueDate: '2026-10-10',
      provisional: false,
    });
    expect(derivation).to.deep.equal({
      timer: working('P5D'),
      start: monday,
      policies: { version: 1, values: {} },
      calendar: calendar.edition,
    });
  });

  it('a card names the limit it is counted from', () => {
    const { derivation } = dueDates.due(
      working('P1D', { relative: { direction: 'before', to: working('P5D') } }),
      new Date(monday),
      terms,
    );
    expect(derivation.limit).to.equal('2026-10-11T00:00:00+08:00');
    const explanation = explain(derivation, calendar, law);
    expect(explanation.of).to.include({ text: 'P5D', start: monday, due: '2026-10-11T00:00:00+08:00' });
    expect(explanation.of).not.to.have.property('days');
    expect(explanation.direction).to.equal('before');
  });

  it('marks a limit that crosses days without a schedule, and the cards that hang on it', () => {
    const from = new Date('2026-12-22T10:00:00+08:00');
    const to = working('P5D');
    expect(dueDates.due(to, from, terms)).to.include({ provisional: true });
    expect(explain(dueDates.due(to, from, terms).derivation, calendar, law).provisional).to.equal(true);
    const lead = (text: string) =>
      dueDates.due(working(text, { relative: { direction: 'before', to } }), from, terms);
    expect(lead('P1D').provisional).to.equal(true);
    expect(
      dueDates.due(natural('PT1H', { relative: { direction: 'before', to } }), from, terms).provisional,
    ).to.equal(true);
  });

  it('holds nothing but what canonical JSON can keep', () => {
    const specs = [
      working('P5D'),
      natural('PT1.5S'),
      working('P1DT4H', { policy: 'x' }),
      natural('R3/P1D', { kind: 'cycle' }),
      natural('2026-11-24', { kind: 'date' }),
    ];
    const check = (value: Json): void => {
      if (typeof value === 'number') expect(Number.isSafeInteger(value)).to.equal(true);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(check);
      else expect(value === null || ['string', 'boolean'].includes(typeof value)).to.equal(true);
    };
    for (const spec of specs) {
      const { derivation } = dueDates.due(spec, new Date(monday), terms);
      check(derivation);
      check(explain(derivation, calendar, law));
      expect(JSON.parse(JSON.stringify(derivation))).to.deep.equal(derivation);
    }
  });
});

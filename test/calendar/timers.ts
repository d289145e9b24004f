/** Timers of every kind, with starts, policies and histories that make their explanations differ. */
import {
  createWorkingCalendar,
  readNotices,
  shippedSources,
  type WorkingCalendar,
} from '../../src/calendar/index.js';
import { notice2027 } from '../support/notice-2027.js';
import { policyValues } from '../support/policies.js';
import type { Adjustment, PolicyValues, TimerSpec } from '../../src/kernel/timer-spec.js';

export interface Timer {
  readonly spec: TimerSpec;
  readonly from: Date;
  readonly policies: PolicyValues;
  readonly adjustments: readonly Adjustment[];
  readonly calendar: WorkingCalendar;
}

/** The shipped calendar before a schedule of 2027 was known. */
const upTo2026 = shippedSources().filter(
  ({ kind, years }) => kind !== 'schedule' || [...years].every((year) => year < 2027),
);
/** Without and with the notice that settles 2027, and makes 30 and 31 December 2026 days off. */
const calendars = [
  createWorkingCalendar(upTo2026),
  createWorkingCalendar([...upTo2026, ...readNotices(JSON.stringify(notice2027), '2027.json')]),
];

const natural = (text: string, more: Partial<TimerSpec> = {}): TimerSpec => ({
  kind: 'duration',
  text,
  unit: 'natural',
  edge: 'end',
  ...more,
});
const working = (text: string, more: Partial<TimerSpec> = {}): TimerSpec =>
  natural(text, { unit: 'working-days', ...more });
const beside = (direction: 'before' | 'after', to: TimerSpec) => ({
  relative: { direction, of: 'limit', to },
});
const limit = working('P5D');

const specs: readonly TimerSpec[] = [
  limit,
  working('P0D'),
  working('P5D', { edge: 'start' }),
  working('P3D', { policy: 'length' }),
  working('P1M2D'),
  working('P1W'),
  working('P1DT4H'),
  working('PT8H'),
  natural('PT24H'),
  natural('P5D', { policy: 'length' }),
  natural('P1M'),
  natural('PT1M1.5S'),
  working('P1D', beside('before', limit)),
  working('P1D', { ...beside('after', limit), edge: 'start' }),
  working('P2D', { ...beside('before', working('P3D', { policy: 'length' })), policy: 'lead' }),
  working('PT4H', beside('before', limit)),
  natural('PT1H', beside('after', limit)),
  working('P1D', beside('before', working('P1D', beside('after', limit)))),
  natural('P1D', beside('before', natural('2026-12-28', { kind: 'date' }))),
  natural('2026-12-28', { kind: 'date' }),
  natural('2026-12-28T09:30:00+08:00', { kind: 'date', policy: 'day' }),
  natural('R3/PT1H', { kind: 'cycle' }),
  natural('R5/2026-09-01T08:00:00+08:00/P1W', { kind: 'cycle' }),
  working('R/P1D', { kind: 'cycle' }),
  working('R/P1D', { kind: 'cycle', policy: 'length' }),
];

const starts = [
  '2026-09-28T10:00:00+08:00',
  '2026-12-22T10:00:00.250+08:00',
  '2026-10-03T00:00:00+08:00',
  '2019-05-01T08:00:00+08:00',
];

const decided: readonly { readonly [key: string]: string }[] = [
  {},
  { length: 'P4D', lead: 'P1D', day: '2026-12-29' },
  {
    firstDay: 'counted',
    businessHours: '09:00-12:00 13:30-17:30; end=close; hours=business',
    length: 'PT6H',
  },
];

/** Possible adjustments of a limit that began at an instant. */
const histories = (from: Date): readonly (readonly Adjustment[])[] => {
  const after = (hours: number): string => new Date(from.getTime() + hours * 3_600_000).toISOString();
  const pause = { kind: 'pause', from: after(20), reason: '不可抗力' } as const;
  return [
    [],
    [pause],
    [{ ...pause, to: after(92) }],
    [{ kind: 'extend', at: after(5), workingDays: 3, reason: '情况复杂' }],
    [
      { ...pause, to: after(92) },
      { kind: 'restart', at: after(100) },
      { kind: 'pause', from: after(110), to: after(130), reason: '等待鉴定' },
      { kind: 'extend', at: after(140), workingDays: 2 },
    ],
  ];
};

/** Timers of one specification; the caller leaves out those that cannot be counted. */
const timersOf = (spec: TimerSpec): Timer[] =>
  calendars.flatMap((calendar) =>
    starts.flatMap((start) =>
      decided.flatMap((values) =>
        histories(new Date(start)).map((adjustments) => ({
          spec,
          from: new Date(start),
          policies: policyValues(values),
          adjustments,
          calendar,
        })),
      ),
    ),
  );

export const timers: ReadonlyMap<string, readonly Timer[]> = new Map(
  specs.map((spec) => [JSON.stringify(spec), timersOf(spec)]),
);

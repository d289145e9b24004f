/** Computes by the working calendar when a limit runs out that no engine timed. */
import { createDueDates, type WorkingCalendar } from '../../../calendar/index.js';
import { civilDateOf, lastDayBefore } from '../../../kernel/civil-date.js';
import { daysOfClocks } from '../../../kernel/limit.js';
import type { Policies, TimerSpec } from '../../../kernel/timer-spec.js';
import type { Catalogue } from '../model/index.js';
import type { Length, Move } from './recorded.js';

export interface LimitDeps {
  readonly calendar: WorkingCalendar;
  readonly policies: Policies;
}

export interface Limits {
  /**
   * @param stated the length from `Recorded.length`
   * @returns null if no length is known
   */
  due(clock: string, stated: Length | null | undefined, from: Date): Date | null;
  /** @param due null if the earlier due instant is unknown */
  moved(due: Date | null, move: Move | null, at: Date): Date | null;
  /** Working days between them, not counting the first day; null outside the calendar. */
  workingDays(from: Date, to: Date): number | null;
}

export function limitsBy(law: Catalogue, { calendar, policies }: LimitDeps): Limits {
  const lawful = daysOfClocks(law.norms);
  const dueDates = createDueDates({ calendar });
  const timer = (text: string, unit: TimerSpec['unit'], from: Date): Date =>
    dueDates.due({ kind: 'duration', text, unit, edge: 'end' }, from, { policies: policies.at(from) }).at;
  return {
    due: (clock, stated, from) => {
      const days = lawful.get(clock);
      const length = stated === undefined && days !== undefined ? { workingDays: days } : stated;
      if (!length) return null;
      if ('until' in length) return length.until;
      if ('workingDays' in length) return timer(`P${length.workingDays}D`, 'working-days', from);
      if ('hours' in length) return timer(`PT${length.hours}H`, 'natural', from);
      if ('days' in length) return timer(`P${length.days}D`, 'natural', from);
      const text = policies.at(from).value(length.policy);
      return text === undefined ? null : timer(text, text.includes('T') ? 'natural' : 'working-days', from);
    },
    moved: (due, move, at) => {
      if (move === null || 'until' in move) return move && move.until;
      if (due === null) return null;
      const spec: TimerSpec = { kind: 'date', text: due.toISOString(), unit: 'natural', edge: 'end' };
      const adjustments = [{ kind: 'extend', at: at.toISOString(), ...move } as const];
      return dueDates.due(spec, at, { policies: policies.at(at), adjustments }).at;
    },
    workingDays: (from, to) => {
      const [first, last] = [civilDateOf(from), lastDayBefore(to)];
      return first < calendar.first || last > calendar.last
        ? null
        : Math.max(0, calendar.workingDaysBetween(first, last));
    },
  };
}

/** Restarts, pauses and extensions of a running limit, turned into days and time not counted (docs/calendar.md). */
import type { JsonObject } from '../kernel/json.js';
import type { BusinessHours } from './business-hours.js';
import { addBusinessTime, businessTimeBetween } from './business-time.js';
import { dayOfInstant, endOfDay, type DayNumber } from '../kernel/civil-date.js';
import { endOfWorkingDay, type PausedDays } from './deadline.js';
import type { WorkingCalendar } from './working-calendar.js';
import type { Adjustment } from '../kernel/timer-spec.js';

export interface Pause {
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
}

/** Start of the pause that is in effect, if any. */
export function pausedSince(adjustments: readonly Adjustment[] = []): string | undefined {
  const last = adjustments.findLast(({ kind }) => kind === 'pause');
  return last?.kind === 'pause' && last.to === undefined ? last.from : undefined;
}

/** Where counting starts: the last restart, else the timer's start. */
export function startOf(from: Date, adjustments: readonly Adjustment[] = []): Date {
  const last = adjustments.findLast(({ kind }) => kind === 'restart');
  return last?.kind === 'restart' ? new Date(last.at) : from;
}

/** The instant before which a limit counted anew by another law does not end. */
export function notBefore(adjustments: readonly Adjustment[] = []): Date | undefined {
  const last = adjustments.findLast(({ kind }) => kind === 'recount');
  return last?.kind === 'recount' ? endOfDay(dayOfInstant(new Date(last.at))) : undefined;
}

/** What lengthens a limit: paused days and time, granted working days. */
export interface Stretch {
  readonly calendar: WorkingCalendar;
  readonly pauses: readonly Pause[];
  readonly paused: PausedDays | undefined;
  /** Paused working days in (after, upTo]. */
  pausedWorkingDays(after: DayNumber, upTo: DayNumber): number;
  readonly extra: number;
  readonly explanation: JsonObject;
}

/** Undefined for a limit without adjustments. */
export function stretchOf(
  calendar: WorkingCalendar,
  adjustments: readonly Adjustment[] = [],
): Stretch | undefined {
  if (adjustments.length === 0) return undefined;
  const pauses = pausesOf(adjustments);
  const paused = pausedDays(calendar, pauses);
  return {
    calendar,
    pauses,
    paused,
    pausedWorkingDays: (after, upTo) => paused?.workingDays(after, upTo) ?? 0,
    extra: adjustments.reduce((sum, one) => sum + (one.kind === 'extend' ? one.workingDays : 0), 0),
    explanation: { adjustments: adjustments.map((one) => ({ ...one })) },
  };
}

/** Finished pauses, oldest first. */
function pausesOf(adjustments: readonly Adjustment[]): readonly Pause[] {
  return adjustments.flatMap((one) =>
    one.kind === 'pause' && one.to !== undefined
      ? [{ from: new Date(one.from), to: new Date(one.to), reason: one.reason }]
      : [],
  );
}

/** A day counts as paused if the limit is paused at the end of the day, so a limit never ends within a pause. */
function pausedDays(calendar: WorkingCalendar, pauses: readonly Pause[]): PausedDays | undefined {
  if (pauses.length === 0) return undefined;
  const runs = pauses.map(({ from, to, reason }) => {
    const [first, last] = [dayOfInstant(from), dayOfInstant(to)];
    return {
      first: endOfWorkingDay(calendar, first) > from ? first : first + 1,
      last: endOfWorkingDay(calendar, last) <= to ? last : last - 1,
      why: `暂停（${reason}）`,
    };
  });
  const { numbers } = calendar;
  return {
    why: (day) => runs.find(({ first, last }) => first <= day && day <= last)?.why,
    workingDays: (after: DayNumber, upTo: DayNumber) =>
      runs.reduce((sum, { first, last }) => {
        const [from, to] = [Math.max(first, after + 1), Math.min(last, upTo)];
        return from > to ? sum : sum + numbers.workingDaysBetween(from - 1, to);
      }, 0),
  };
}

/** Adds elapsed time, by day and night, skipping the pauses. */
export function addAroundPauses(start: Date, milliseconds: number, pauses: readonly Pause[]): Date {
  let at = start.getTime() + milliseconds;
  for (const { from, to } of pauses) {
    const began = Math.max(from.getTime(), start.getTime());
    if (began < at) at += Math.max(to.getTime() - began, 0);
  }
  return new Date(at);
}

/** Adds business time, skipping the pauses. */
export function addBusinessTimeAroundPauses(
  calendar: WorkingCalendar,
  hours: BusinessHours,
  start: Date,
  milliseconds: number,
  pauses: readonly Pause[],
): Date {
  let [at, left] = [start, milliseconds];
  for (const { from, to } of pauses) {
    if (to <= at) continue;
    const passed = from > at ? businessTimeBetween(calendar, hours, at, from) : 0;
    if (passed >= left) break;
    left -= passed;
    at = to;
  }
  return addBusinessTime(calendar, hours, at, left);
}

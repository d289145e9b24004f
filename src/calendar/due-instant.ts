/** Turns a diagram's timer into an instant with an explanation. */
import type { JsonObject } from '../kernel/json.js';
import {
  addAroundPauses,
  addBusinessTimeAroundPauses,
  notBefore,
  pausedSince,
  startOf,
  stretchOf,
  type Stretch,
} from './adjustments.js';
import {
  civilDateOfDay,
  dayOfInstant,
  dayOfLimit,
  isMidnight,
  noonOf,
  startOfDay,
  toShanghaiIso,
  type DayNumber,
} from '../kernel/civil-date.js';
import { parseCycle, type Cycle } from './cycle.js';
import { underPolicies } from './under-policies.js';
import {
  dueAfterDay,
  dueBeforeDay,
  firstDayCounted,
  firstDayNotCounted,
  limitDayNotCounted,
  type WhyNotFirst,
} from './deadline.js';
import { compactDays, withoutDays } from './day-runs.js';
import { parseInstant } from '../kernel/instant.js';
import { addNatural, parseIsoDuration, type IsoDuration } from './iso-duration.js';
import { checked, invalid, reading } from './timer-text.js';
import { explainedInstant, pausedDue, withExplanation, type ExplainedInstant } from './explained-instant.js';
import type { WorkingCalendar } from './working-calendar.js';
import type { PolicyValues, Terms, TimerSpec } from '../kernel/timer-spec.js';

/** Where a duration starts: the timer's start, or another timer's limit. */
interface Origin {
  readonly instant: Date;
  readonly day: DayNumber;
  readonly direction: 'after' | 'before';
  readonly firstDay: WhyNotFirst;
  /** The calendar with the business hours that the policies set. */
  readonly calendar: WorkingCalendar;
  /** True if the other limit is provisional, which makes this one provisional. */
  readonly provisional: boolean;
  readonly explanation: JsonObject;
  readonly stretch?: Stretch;
}

/**
 * Counts by one calendar. docs/calendar.md defines each form. Throws `timer.invalid` for text that is no ISO 8601
 * duration, date or cycle, and `calendar.invalid` for instants outside the calendar.
 *
 * @param basis the rule by which days are counted, as explanations state it; null where nobody reads them
 */
export function createDueInstant(
  inUse: WorkingCalendar,
  basis: string | null,
): (spec: TimerSpec, from: Date, terms: Terms) => ExplainedInstant {
  const dueInstant = (spec: TimerSpec, from: Date, terms: Terms): ExplainedInstant => {
    const counted = countedInstant(spec, from, terms);
    const least = notBefore(terms.adjustments);
    if (least === undefined || counted.at >= least) return counted;
    const day = dayOfLimit(least);
    const due = { due: toShanghaiIso(least), dueDate: civilDateOfDay(day) };
    return { ...counted, at: least, day, explanation: { ...counted.explanation, ...due } };
  };

  const countedInstant = (spec: TimerSpec, from: Date, terms: Terms): ExplainedInstant => {
    const value = spec.policy === undefined ? undefined : terms.policies.value(spec.policy);
    // For a cycle, the policy sets only the interval.
    const decided = value !== undefined && spec.kind === 'cycle' ? `R/${value}` : value;
    const text = (decided ?? spec.text).trim();
    const head: JsonObject = {
      text,
      ...(spec.setBy === undefined ? {} : { setBy: spec.setBy }),
      ...(spec.policy === undefined
        ? {}
        : {
            policy: {
              key: spec.policy,
              value: value ?? null,
              version: terms.policies.version,
              written: spec.text,
            },
          }),
      ...(spec.unit === 'working-days' ? unusualCounting(spec, terms.policies) : {}),
    };
    if (spec.relative && spec.kind !== 'duration') {
      throw invalid(spec, text, '“before/after”只能用于时长（timeDuration）');
    }
    const since = spec.kind === 'cycle' ? undefined : pausedSince(terms.adjustments);
    if (since !== undefined) return pausedDue(since, from, terms, head);
    if (spec.stricter !== undefined) return earlierOf(spec, spec.stricter, from, terms);
    switch (spec.kind) {
      case 'date': {
        const at = atDate(spec, text, head);
        const stretch = stretchOf(underPolicies(inUse, terms.policies), terms.adjustments);
        return stretch
          ? extended(
              at,
              stretch,
              stretch.pausedWorkingDays(dayOfInstant(startOf(from, terms.adjustments)), at.day),
            )
          : at;
      }
      case 'duration': {
        const duration = parseIsoDuration(text);
        if (!duration)
          throw invalid(spec, text, '不是时长', '写成 P5D（五天）、PT24H（二十四小时）这样的 ISO 8601 时长');
        return run(spec, duration, origin(spec, from, terms), head);
      }
      case 'cycle':
        return nextInCycle(spec, text, from, terms, head);
    }
  };

  /** The limit that the law sets, or the diagram's stricter one if it ends earlier. */
  const earlierOf = (
    { stricter: _stricter, ...limit }: TimerSpec,
    text: string,
    from: Date,
    terms: Terms,
  ): ExplainedInstant => {
    const { limit: _limit, policy: _policy, ...own } = { ...limit, kind: 'duration', text } as const;
    const [byLaw, byDiagram] = [dueInstant(limit, from, terms), dueInstant(own, from, terms)];
    return byDiagram.at < byLaw.at ? byDiagram : byLaw;
  };

  const origin = (spec: TimerSpec, from: Date, terms: Terms): Origin => {
    const inForce = underPolicies(inUse, terms.policies);
    if (!spec.relative) {
      const stretch = spec.kind === 'cycle' ? undefined : stretchOf(inForce, terms.adjustments);
      const start = stretch ? startOf(from, terms.adjustments) : from;
      return {
        calendar: inForce,
        instant: start,
        day: dayOfInstant(start),
        direction: 'after',
        firstDay: firstCounts(spec, terms.policies) ? firstDayCounted : firstDayNotCounted,
        provisional: false,
        explanation: { start: toShanghaiIso(start), ...stretch?.explanation },
        ...(stretch ? { stretch } : {}),
      };
    }
    const { direction, to } = spec.relative;
    const base = dueInstant(to, from, terms);
    return {
      calendar: inForce,
      instant: base.at,
      day: base.day,
      direction,
      firstDay: limitDayNotCounted,
      provisional: base.provisional,
      explanation: { direction, of: withoutDays(base.explanation) },
    };
  };

  const run = (spec: TimerSpec, duration: IsoDuration, start: Origin, head: JsonObject): ExplainedInstant => {
    const sign = start.direction === 'before' ? -1 : 1;
    if (spec.unit === 'natural' || (spec.unit === 'calendar-days' && !duration.hasDate)) {
      const plain = checked(spec, addNatural(start.instant, duration, sign));
      const length = plain.getTime() - start.instant.getTime();
      const at = start.stretch ? addAroundPauses(start.instant, length, start.stretch.pauses) : plain;
      const explanation = { rule: 'natural', ...head, ...start.explanation };
      return extended(explainedInstant(at, dayOfLimit(at), start.provisional, explanation), start.stretch);
    }
    if (duration.hasDate) return byWorkingDays(spec, duration, start, head);
    const explanation = { rule: 'hours', ...head, ...start.explanation };
    return extended(byHours(start, sign * duration.time, explanation, []), start.stretch);
  };

  /** Adds years, months and weeks first, as elapsed time; then working days; then hours from the edge reached. */
  const byWorkingDays = (
    spec: TimerSpec,
    duration: IsoDuration,
    start: Origin,
    head: JsonObject,
  ): ExplainedInstant => {
    const sign = start.direction === 'before' ? -1 : 1;
    // All days of the law's own periods are natural; only their end moves to a working day.
    const days = spec.unit === 'calendar-days' ? 0 : duration.days;
    const natural = { ...duration, days: duration.days - days, time: 0 };
    const shifted = natural.years + natural.months + natural.weeks + natural.days > 0;
    const day = shifted
      ? dayOfInstant(checked(spec, addNatural(noonOf(start.day), natural, sign)))
      : start.day;
    const { calendar, stretch } = start;
    // A day reached by months or weeks does not count as a first day.
    const firstDay = shifted && start.firstDay === firstDayCounted ? firstDayNotCounted : start.firstDay;
    const counted = days + (stretch && shifted ? stretch.pausedWorkingDays(start.day, day) : 0);
    const granted = stretch && duration.time === 0 ? stretch.extra : 0;
    const deadline =
      start.direction === 'before'
        ? dueBeforeDay(calendar, day, counted, spec.edge)
        : dueAfterDay(calendar, day, counted + granted, spec.edge, firstDay, stretch?.paused);
    const explanation: JsonObject = {
      rule: spec.unit,
      ...head,
      ...start.explanation,
      ...(shifted ? { countedFrom: civilDateOfDay(day) } : {}),
      workingDays: days,
      edge: spec.edge,
      basis,
      calendar: calendar.edition,
    };
    const found = compactDays(deadline.days);
    const provisional = deadline.provisional || start.provisional;
    if (duration.time > 0) {
      const from = { ...start, instant: deadline.due, provisional };
      return extended(byHours(from, sign * duration.time, explanation, found), stretch);
    }
    return explainedInstant(deadline.due, dayNumber(deadline.due, spec), provisional, explanation, found);
  };

  /** The day a working-day limit belongs to; with edge `start`, 00:00 belongs to the day that begins. */
  const dayNumber = (at: Date, { edge }: TimerSpec) => (edge === 'start' ? dayOfInstant(at) : dayOfLimit(at));

  const byHours = (
    {
      calendar,
      instant,
      provisional,
      stretch,
    }: Pick<Origin, 'calendar' | 'instant' | 'provisional' | 'stretch'>,
    milliseconds: number,
    explanation: JsonObject,
    days: JsonObject[],
  ): ExplainedInstant => {
    const { businessHours } = calendar;
    const pauses = stretch?.pauses ?? [];
    if (businessHours?.hours !== 'business') {
      const at = addAroundPauses(instant, milliseconds, pauses);
      return explainedInstant(at, dayOfLimit(at), provisional, { ...explanation, hours: 'natural' }, days);
    }
    const at = addBusinessTimeAroundPauses(calendar, businessHours, instant, milliseconds, pauses);
    const [first = 0, last = 0] = [dayOfInstant(instant), dayOfLimit(at)].sort((a, b) => a - b);
    const crosses = calendar.numbers.anyProvisional(first, last);
    return explainedInstant(
      at,
      dayOfLimit(at),
      provisional || crosses,
      { ...explanation, hours: 'business' },
      days,
    );
  };

  /** Granted working days are added after the original limit, and so are those during which a date was paused. */
  const extended = (base: ExplainedInstant, stretch: Stretch | undefined, still = 0): ExplainedInstant => {
    const extra = still + (stretch?.extra ?? 0);
    if (!stretch || extra === 0) return stretch ? withExplanation(base, stretch.explanation) : base;
    const { due, dueDate, days, provisional } = dueAfterDay(
      stretch.calendar,
      base.day,
      extra,
      'end',
      limitDayNotCounted,
      stretch.paused,
    );
    const explanation = {
      ...base.explanation,
      ...stretch.explanation,
      before: base.explanation.due ?? null,
      basis,
      calendar: inUse.edition,
      days: compactDays(days),
      due: toShanghaiIso(due),
      dueDate,
      provisional: provisional || base.provisional,
    };
    return { at: due, day: dayOfLimit(due), provisional: explanation.provisional, explanation };
  };

  const nextInCycle = (
    spec: TimerSpec,
    text: string,
    from: Date,
    terms: Terms,
    head: JsonObject,
  ): ExplainedInstant => {
    const cycle = reading(spec, text, () => parseCycle(text));
    if (!cycle)
      throw invalid(spec, text, '不是循环时间', '写成 R3/PT1H（每小时一次，共三次）这样的 ISO 8601 循环');
    const explanation: JsonObject = { ...head, repetitions: cycle.repetitions };
    if (cycle.start) {
      const start = { start: toShanghaiIso(from), first: toShanghaiIso(cycle.start) };
      if (spec.unit === 'working-days') {
        const { at, provisional } = nextOnWorkingDay(spec, cycle, cycle.start, from);
        return explainedInstant(at, dayOfInstant(at), provisional, {
          rule: 'cycle',
          ...explanation,
          ...start,
        });
      }
      const at = checked(spec, cycle.nextAfter(cycle.start, from));
      return explainedInstant(at, dayOfLimit(at), false, { rule: 'cycle', ...explanation, ...start });
    }
    // A working-day cycle that fired at 24:00 restarts from the day that has ended.
    const again = spec.unit === 'working-days' && spec.edge === 'end' && isMidnight(from);
    const start = origin(spec, from, terms);
    const reachedNext = run(
      spec,
      cycle.interval,
      again ? { ...start, day: start.day - 1 } : start,
      explanation,
    );
    return { ...reachedNext, explanation: { ...reachedNext.explanation, cycle: true } };
  };

  /** An occurrence that falls on a day off moves to the next working day, at the same time of day. */
  const nextOnWorkingDay = (
    spec: TimerSpec,
    cycle: Cycle,
    first: Date,
    from: Date,
  ): { readonly at: Date; readonly provisional: boolean } => {
    let nominal = new Date(from.getTime() - longestClosure);
    for (;;) {
      nominal = checked(spec, cycle.nextAfter(first, nominal));
      const day = dayOfInstant(nominal);
      const { due, provisional } = dueAfterDay(inUse, day - 1, 1, 'start');
      const at = new Date(due.getTime() + nominal.getTime() - startOfDay(day).getTime());
      if (at > from) return { at, provisional };
    }
  };

  return dueInstant;
}

/** Milliseconds; no run of days off is longer than a month. */
const longestClosure = 31 * 86_400_000;

/** Reads the policy for limits that end with a day: whether the day of the start is counted. */
const firstCounts = (spec: TimerSpec, policies: PolicyValues): boolean =>
  spec.kind === 'duration' &&
  spec.edge === 'end' &&
  !spec.relative &&
  policies.value('firstDay') === 'counted';

/** Policies that deviate from the Civil Code's counting; part of the explanation. */
function unusualCounting(spec: TimerSpec, policies: PolicyValues): JsonObject {
  const businessHours = policies.value('businessHours') ?? 'none';
  const { version } = policies;
  return {
    ...(businessHours === 'none' ? {} : { businessHours: { value: businessHours, version } }),
    ...(firstCounts(spec, policies) ? { firstDay: { value: 'counted', version } } : {}),
  };
}

function atDate(spec: TimerSpec, text: string, head: JsonObject): ExplainedInstant {
  // A promised day without a time of day lasts until the end of the day.
  const at = reading(spec, text, () => parseInstant(text, 'end-of-day'));
  return explainedInstant(at, dayOfLimit(at), false, { rule: 'date', ...head });
}

/** A day of the calendar as JSON: whether people work, which source decides, and what every source says. */
import type { CalendarDay, Statement } from './day.js';
import { compareSources, commonSpan, settledYears } from './comparison.js';
import { Refusal } from '../kernel/refusal.js';
import { sourceKindNames } from './source.js';
import type { WorkingCalendar } from './working-calendar.js';

export function dayAsJson(day: CalendarDay) {
  return {
    date: day.date,
    weekday: day.weekday,
    working: day.working,
    reason: day.reason,
    provisional: day.provisional,
    disputed: day.disputed,
    source: statementAsJson(day.decidedBy),
    statements: day.statements.map(statementAsJson),
  };
}

function statementAsJson({ kind, working, name, source }: Statement) {
  return {
    kind,
    working,
    name: name ?? null,
    title: source?.title ?? sourceKindNames[kind],
    document: source?.document ?? null,
    publishedOn: source?.publishedOn ?? null,
    address: source?.address ?? null,
  };
}

/**
 * Differences between the package and the schedules and local rules, day by day.
 *
 * @param since a year
 * @throws {Refusal} `calendar.invalid` where no year from then on is covered by both
 */
export function comparisonSince(calendar: WorkingCalendar, since: string) {
  const span = /^\d{4}$/.test(since) ? commonSpan(calendar, Number(since)) : undefined;
  if (span) return compareSources(calendar, span.from, span.to);
  const years = settledYears(calendar, 'package');
  throw new Refusal('calendar.invalid', `自“${since.slice(0, 40)}”年起没有可比对的年份`, {
    remedy: `两个来源都有的年份是 ${years[0] ?? '无'} 至 ${years.at(-1) ?? '无'}`,
  });
}

export function comparisonAsJson({ from, to, days, disagreements }: ReturnType<typeof compareSources>) {
  return { from, to, days, disagreements: disagreements.map(({ day }) => dayAsJson(day)) };
}

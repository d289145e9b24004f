/** The result of a timer: the instant, the day it belongs to, and why. */
import type { JsonObject } from '../kernel/json.js';
import { startOf } from './adjustments.js';
import { civilDateOfDay, dayOfInstant, toShanghaiIso, type DayNumber } from '../kernel/civil-date.js';
import type { Terms } from '../kernel/timer-spec.js';

export interface ExplainedInstant {
  readonly at: Date;
  readonly day: DayNumber;
  readonly provisional: boolean;
  readonly paused?: boolean;
  /**
   * Rule, start, and every day with the reason why it is counted or not: only strings, booleans,
   * whole numbers and null.
   */
  readonly explanation: JsonObject;
}

export function explainedInstant(
  at: Date,
  day: DayNumber,
  provisional: boolean,
  rule: JsonObject,
  days: JsonObject[] = [],
): ExplainedInstant {
  const explanation: JsonObject = {
    ...rule,
    ...(days.length > 0 ? { days } : {}),
    due: toShanghaiIso(at),
    dueDate: civilDateOfDay(day),
    provisional,
  };
  return { at, day, provisional, explanation };
}

export const withExplanation = (base: ExplainedInstant, explanation: JsonObject): ExplainedInstant => ({
  ...base,
  explanation: { ...base.explanation, ...explanation },
});

/** Sorts after every real instant. */
const never = new Date('9999-12-31T00:00:00Z');

export function pausedDue(
  since: string,
  from: Date,
  { adjustments = [] }: Terms,
  head: JsonObject,
): ExplainedInstant {
  return {
    at: never,
    day: dayOfInstant(never),
    provisional: false,
    paused: true,
    explanation: {
      rule: 'paused',
      ...head,
      start: toShanghaiIso(startOf(from, adjustments)),
      pausedSince: toShanghaiIso(new Date(since)),
      adjustments: adjustments.map((one) => ({ ...one })),
      due: null,
      dueDate: null,
      provisional: false,
    },
  };
}

/** The result of a timer: the instant, the day it belongs to, and why. */
import type { JsonObject } from '../kernel/json.js';
import { startOf } from './adjustments.js';
import { civilDateOfDay, dayOfInstant, toShanghaiIso, type DayNumber } from './civil-date.js';
import type { Due, Terms } from './timer-spec.js';

export interface Reached extends Due {
  readonly day: DayNumber;
}

export function reached(
  at: Date,
  day: DayNumber,
  provisional: boolean,
  rule: JsonObject,
  days: JsonObject[] = [],
): Reached {
  const derivation: JsonObject = {
    ...rule,
    ...(days.length > 0 ? { days } : {}),
    due: toShanghaiIso(at),
    dueDate: civilDateOfDay(day),
    provisional,
  };
  return { at, day, provisional, derivation };
}

export const withDerivation = (base: Reached, derivation: JsonObject): Reached => ({
  ...base,
  derivation: { ...base.derivation, ...derivation },
});

/** Sorts after every real instant. */
const never = new Date('9999-12-31T00:00:00Z');

export function pausedDue(since: string, from: Date, { adjustments = [] }: Terms, head: JsonObject): Reached {
  return {
    at: never,
    day: dayOfInstant(never),
    provisional: false,
    paused: true,
    derivation: {
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

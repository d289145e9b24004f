/**
 * The engine's port for due dates. With each instant it returns the derivation, for the open
 * deadline and the trail: the timer, its start, its adjustments, the policies consulted, and the
 * calendar's edition. The list of counted days would take four times the room, so `explain`
 * recomputes it from the derivation on request.
 */
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.js';
import { toShanghaiIso } from '../kernel/civil-date.js';
import { parseInstant } from '../kernel/instant.js';
import { createDueInstant } from './due-instant.js';
import type { WorkingCalendar } from './working-calendar.js';
import type { Adjustment, DueDates, PolicyValues, TimerSpec } from '../kernel/timer-spec.js';

export interface DueDatesDeps {
  /** A function if the calendar may change; it is called for each timer. */
  readonly calendar: WorkingCalendar | (() => WorkingCalendar);
}

/** `due` throws like `createDueInstant`. */
export function createDueDates({ calendar }: DueDatesDeps): DueDates {
  const inUse = typeof calendar === 'function' ? calendar : () => calendar;
  return {
    due: (timer, from, terms) => {
      const policies = watched(terms.policies);
      const used = inUse();
      const { at, provisional, paused, explanation } = createDueInstant(used, null)(timer, from, {
        ...terms,
        policies,
      });
      const { adjustments = [] } = terms;
      const limit = limitIn(explanation);
      const derivation: JsonObject = {
        timer: timer as unknown as JsonObject,
        start: toShanghaiIso(from),
        ...(adjustments.length > 0 ? { adjustments: adjustments.map((one) => ({ ...one })) } : {}),
        // The timer depends on the calendar up to the limit, even if the timer itself is due
        // earlier.
        ...(limit === undefined ? {} : { limit }),
        policies: { version: policies.version, values: policies.consulted },
        calendar: used.edition,
      };
      return { at, provisional, ...(paused ? { paused } : {}), derivation };
    },
  };
}

interface Derivation {
  readonly timer: TimerSpec;
  /** When the timer began to run, or the limit it is counted from. */
  readonly from: Date;
  readonly adjustments: readonly Adjustment[];
  /** The policies that were consulted, with the values they had then. */
  readonly policies: PolicyValues;
}

/** Undefined for an object that is no derivation. */
export function readDerivation({ timer, start, adjustments, policies }: JsonObject): Derivation | undefined {
  if (!isJsonObject(timer) || typeof start !== 'string' || !isJsonObject(policies)) return undefined;
  const { version, values } = policies;
  return {
    timer: timer as unknown as TimerSpec,
    from: parseInstant(start, 'start-of-day'),
    adjustments: (adjustments ?? []) as unknown as readonly Adjustment[],
    policies: {
      version: Number(version),
      value: (key) => {
        const value = isJsonObject(values) ? values[key] : undefined;
        return typeof value === 'string' ? value : undefined;
      },
    },
  };
}

/** Wraps the policies and records which of them were read while an instant was derived. */
function watched(policies: PolicyValues): PolicyValues & { readonly consulted: JsonObject } {
  const consulted: { [key: string]: Json } = {};
  return {
    version: policies.version,
    consulted,
    value: (key) => {
      const value = policies.value(key);
      if (value !== undefined) consulted[key] = value;
      return value;
    },
  };
}

/** The latest of the limits that a timer is counted from. */
function limitIn({ of }: JsonObject): string | undefined {
  if (!isJsonObject(of) || typeof of.due !== 'string') return undefined;
  const further = limitIn(of);
  return further !== undefined && Date.parse(further) > Date.parse(of.due) ? further : of.due;
}

/** Reconstructs a timer from its derivation: the trail keeps derivations, not timers. */
import { isJsonObject, type JsonObject } from '../kernel/json.js';
import { parseInstant } from './instant.js';
import type { Adjustment, TimerSpec } from './timer-spec.js';

interface Recalled {
  readonly spec: TimerSpec;
  readonly from: Date;
  readonly adjustments: readonly Adjustment[];
}

/** Undefined for a date or a cycle: their instants do not follow from calendar and derivation alone. */
export function recallTimer(derivation: JsonObject): Recalled | undefined {
  const { rule, text, edge, start, direction, of, cycle, adjustments = [] } = derivation;
  if (typeof text !== 'string' || cycle === true) return undefined;
  if (rule !== 'working-days' && rule !== 'hours' && rule !== 'natural') return undefined;
  const spec: TimerSpec = {
    kind: 'duration',
    text,
    unit: rule === 'natural' ? 'natural' : 'working-days',
    edge: edge === 'start' ? 'start' : 'end',
  };
  if (typeof start === 'string') {
    const from = parseInstant(start, 'start-of-day');
    return { spec, from, adjustments: adjustments as unknown as readonly Adjustment[] };
  }
  if (!isJsonObject(of ?? null) || (direction !== 'before' && direction !== 'after')) return undefined;
  const base = recallTimer(of as JsonObject);
  return base && { ...base, spec: { ...spec, relative: { direction, to: base.spec } } };
}

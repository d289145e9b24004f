/** Days of the working calendar: those around today, reloaded daily; others when asked for. */
import { computed, effectScope, shallowRef, watch, type ComputedRef } from 'vue';
import { call } from '../api/client.js';
import { now } from './clock.js';
import type { Day } from './day-kind.js';
import type { WorkingDays } from './remaining.js';
import { dayOf, plusDays } from './show.js';

const known = shallowRef<ReadonlyMap<string, Day>>(new Map());
const today = computed(() => dayOf(now.value));
let around: Promise<void> | undefined;

/** Covers a quarter back to half a year ahead. */
export function useWorkingDays(): WorkingDays {
  void readAround();
  return (date) => known.value.get(date)?.working;
}

/** @param date a civil day, or empty @returns undefined until it is loaded, and for a year half typed */
export function useDay(date: () => string): ComputedRef<Day | undefined> {
  watch(
    date,
    async (wanted) => {
      if (wanted < '1950' || wanted > '2100') return;
      await readAround();
      if (!known.value.has(wanted) && wanted === date()) await read(wanted, wanted);
    },
    { immediate: true },
  );
  return computed(() => known.value.get(date()));
}

function readAround(): Promise<void> {
  const load = (): Promise<void> => read(plusDays(today.value, -92), plusDays(today.value, 184));
  if (!around) effectScope(true).run(() => watch(today, () => (around = load())));
  return (around ??= load());
}

async function read(from: string, to: string): Promise<void> {
  // If the calendar cannot be loaded, times are shown in natural days.
  const found = await call('readCalendarDays', { query: { from, to } }).catch(() => undefined);
  if (!found) return;
  known.value = new Map([...known.value, ...found.days.map((day) => [day.date, day] as const)]);
}

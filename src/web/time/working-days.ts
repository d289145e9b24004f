/** Working days around today; loaded on first use, reloaded daily. */
import { computed, shallowRef, watch } from 'vue';
import { call } from '../api/client.js';
import { now } from './clock.js';
import type { WorkingDays } from './remaining.js';
import { dayOf, plusDays } from './show.js';

const known = shallowRef<ReadonlyMap<string, boolean>>(new Map());
const today = computed(() => dayOf(now.value));
let reading = false;

/** Covers a quarter back to half a year ahead. */
export function useWorkingDays(): WorkingDays {
  if (!reading) {
    reading = true;
    watch(today, read, { immediate: true });
  }
  return (date) => known.value.get(date);
}

async function read(): Promise<void> {
  const query = { from: plusDays(today.value, -92), to: plusDays(today.value, 184) };
  // If the calendar cannot be loaded, times are shown in natural days.
  const found = await call('readCalendarDays', { query }).catch(() => undefined);
  if (found) known.value = new Map(found.days.map(({ date, working }) => [date, working]));
}

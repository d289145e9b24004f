/** Stuck firings, reloaded every half minute, so that they appear without reloading the page. */
import { computed, watch } from 'vue';
import { call, type Output } from '../api/client.js';
import { useLoad, type Loading } from './load.js';
import { now } from '../time/clock.js';

export function useIncidents(query: { limit: number; workOrder?: string }): Loading<Output<'listIncidents'>> {
  const loading = useLoad(() => call('listIncidents', { query }), { live: query.workOrder ?? true });
  everyHalfMinute(loading);
  return loading;
}

/** A person who sees no sheets gets no news, so the data is polled. */
export function everyHalfMinute({ reload }: Pick<Loading<unknown>, 'reload'>): void {
  const halfMinute = computed(() => Math.floor(now.value / 30_000));
  watch(halfMinute, () => void reload());
}

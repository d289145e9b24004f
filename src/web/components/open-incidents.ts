/** What cannot go on, read anew every half minute: nobody need reload a page to learn of it. */
import { computed, watch } from 'vue';
import { call, type Output } from '../api/client.js';
import { useLoad, type Loading } from './load.js';
import { now } from '../time/clock.js';

export function useIncidents(query: { limit: number; workOrder?: string }): Loading<Output<'listIncidents'>> {
  const loading = useLoad(() => call('listIncidents', { query }), { live: query.workOrder ?? true });
  everyHalfMinute(loading);
  return loading;
}

/** Who sees no sheets gets no news of them. */
export function everyHalfMinute({ reload }: Pick<Loading<unknown>, 'reload'>): void {
  const halfMinute = computed(() => Math.floor(now.value / 30_000));
  watch(halfMinute, () => void reload());
}

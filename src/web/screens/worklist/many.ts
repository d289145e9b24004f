/** Sends an act on many tasks in parts; keeps each result, and does not resend what was done. */
import { computed, ref, shallowRef } from 'vue';
import type { Output } from '../../api/client.js';

type Item = Output<'listTasks'>['items'][number];
type Result = Output<'signTasks'>['results'][number];

const inOneGo = 50;

export function useMany(act: (tasks: string[]) => Promise<{ readonly results: readonly Result[] }>) {
  const asked = shallowRef<readonly Item[]>([]);
  const results = shallowRef<ReadonlyMap<string, Result>>(new Map());
  const busy = ref(false);
  const error = shallowRef<Error>();
  const left = computed(() => asked.value.filter(({ id }) => !results.value.has(id)));
  const refused = computed(() =>
    asked.value.flatMap((item) => {
      const result = results.value.get(item.id);
      return result?.done === 'refused' ? [{ item, result }] : [];
    }),
  );

  /** Acts on these items, whatever the list shows meanwhile. */
  function ask(items: readonly Item[]): void {
    asked.value = items;
    results.value = new Map();
    error.value = undefined;
  }

  async function send(): Promise<void> {
    busy.value = true;
    error.value = undefined;
    try {
      while (left.value.length > 0) {
        const answer = await act(left.value.slice(0, inOneGo).map(({ id }) => id));
        results.value = new Map([...results.value, ...answer.results.map((one) => [one.id, one] as const)]);
      }
    } catch (thrown) {
      error.value = thrown as Error;
    } finally {
      busy.value = false;
    }
  }

  return { asked, results, busy, error, left, refused, ask, send };
}

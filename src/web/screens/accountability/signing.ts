/** Signing state of a case's entries, polled until all are signed. */
import { computed, watch } from 'vue';
import { call, type Output } from '../../api/client.js';
import { useLoad } from '../../components/load.js';
import { now } from '../../time/clock.js';

type Entry = Output<'readCaseSigning'>['entries'][number];

/** Poll interval in milliseconds; checkpoints cause no notification. */
const patience = 5000;

export function useSigning(no: string) {
  const read = useLoad(() => call('readCaseSigning', { params: { no } }), { live: no });
  const entries = computed(
    () => new Map((read.data.value?.entries ?? []).map((entry): [number, Entry] => [entry.seq, entry])),
  );
  const isWaiting = computed(() => [...entries.value.values()].some(({ signed }) => !signed));
  watch(
    () => Math.floor(now.value / patience),
    () => isWaiting.value && void read.reload(),
  );
  return { read, entryOf: (seq: number): Entry | undefined => entries.value.get(seq) };
}

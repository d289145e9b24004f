/** Where else a matter belongs: the table. */
import { computed, shallowRef } from 'vue';
import { call, type Output } from '../../api/client.js';

export type OtherChannel = Output<'readOtherChannels'>['channels'][number];

const read = shallowRef<readonly OtherChannel[]>();
const failed = shallowRef(false);
let reading: Promise<void> | undefined;

export const otherChannels = computed(() => read.value ?? []);
/** True if no warnings can be shown, which the agent has to know. */
export const isUnwarned = computed(() => failed.value && read.value === undefined);

export const readOtherChannels = (): Promise<void> =>
  (reading ??= call('readOtherChannels')
    .then((table) => {
      read.value = table.channels;
      failed.value = false;
    })
    .catch(() => {
      failed.value = true;
    })
    .finally(() => (reading = undefined)));

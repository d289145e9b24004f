/** Where else a matter belongs: the table, and what its choice writes into the draft. */
import { computed, shallowRef } from 'vue';
import { call, type Output } from '../../api/client.js';
import type { Draft } from './draft.js';

export type OtherChannel = Output<'readOtherChannels'>['channels'][number];

const read = shallowRef<readonly OtherChannel[]>();
const failed = shallowRef(false);
let reading: Promise<void> | undefined;

export const otherChannels = computed(() => read.value ?? []);
/** Nothing is warned of: the agent has to know. */
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

export function tell(draft: Draft, { name, reach, basis, procedure }: OtherChannel): void {
  draft.wayOut = 'original-channel';
  draft.pendingProcedure = procedure;
  draft.channelName = name;
  draft.channelInfo = `${reach}(${basis})`;
}

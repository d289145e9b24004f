/** Where else a matter belongs, by the words of the draft: compared here while one types, whatever the network does. */
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

export interface Found {
  readonly channel: OtherChannel;
  readonly word: string;
}

/** Emergencies first. */
export function channelsIn(text: string, channels: readonly OtherChannel[]): readonly Found[] {
  const said = plain(text);
  return channels
    .flatMap((channel) => {
      const word = channel.words.find((one) => said.includes(plain(one)));
      return word === undefined ? [] : [{ channel, word }];
    })
    .sort((one, other) => Number(other.channel.emergency) - Number(one.channel.emergency));
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

export function tell(draft: Draft, { name, reach, basis, procedure }: OtherChannel): void {
  draft.wayOut = 'original-channel';
  draft.pendingProcedure = procedure;
  draft.channelName = name;
  draft.channelInfo = `${reach}(${basis})`;
}

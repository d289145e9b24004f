/** Versions of the table of other channels; append-only. Version 0 is the shipped sample. */
import type { Law } from '../../../kernel/law.js';
import { readSheetLists } from '../../../kernel/package-lists.js';
import { packageJson } from '../../../kernel/package-content.js';
import { cityPackage } from '../../../kernel/package-root.js';
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';
import { otherChannels, type OtherChannel } from '../other-channels.js';

export interface OtherChannelSet {
  /** 0: the shipped sample. */
  readonly version: number;
  readonly channels: readonly OtherChannel[];
  readonly reason: string;
  readonly savedAt: Date | null;
  readonly savedBy: string | null;
}

type SavedChannels = OtherChannelSet & { readonly savedAt: Date; readonly savedBy: string };

export const otherChannelSetEntity: Entity<SavedChannels> = {
  name: 'other_channel_set',
  columns: {
    version: column.key.integer,
    channels: column.json,
    ...column.each(column.text, 'reason', 'savedBy'),
    savedAt: column.instant,
  },
};

export async function otherChannelsInForce(transaction: Transaction, law: Law): Promise<OtherChannelSet> {
  const [newest] = await transaction
    .repository(otherChannelSetEntity)
    .find({ order: { version: 'DESC' }, take: 1 });
  return newest
    ? { ...newest, channels: otherChannels(law.intake.procedures).parse(newest.channels) }
    : sampleChannels();
}

/** Locks the table until the transaction ends; read the version after locking. */
export async function lockOtherChannels(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.other_channel_set'))");
}

/** Cached by package, because a check may read another package than the one before. */
const read = new Map<string, OtherChannelSet>();

export function sampleChannels(): OtherChannelSet {
  const root = cityPackage();
  const found = read.get(root) ?? readSample(root);
  read.set(root, found);
  return found;
}

interface Sample {
  readonly channels: readonly { readonly key: string }[];
  /** How the city's form records each: the procedure, the answers. */
  readonly recorded?: { readonly [channel: string]: object };
}

function readSample(root: string): OtherChannelSet {
  const { channels, recorded = {} } = packageJson('regulation/other-channels.json', root) as Sample;
  return {
    version: 0,
    channels: otherChannels(readSheetLists(root).intake.procedures).parse(
      channels.map((channel) => ({ ...channel, ...recorded[channel.key] })),
    ),
    reason: '随程序附带的样本，没有经过批准',
    savedAt: null,
    savedBy: null,
  };
}

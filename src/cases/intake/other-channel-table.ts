/** The table of other channels, edited as a whole and saved as the next version. */
import { sha256Of, write } from '../../accountability/index.js';
import {
  lockOtherChannels,
  otherChannelsInForce,
  otherChannelsProjector,
  type OtherChannel,
} from '../../sheet/classification/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Using } from '../parts.js';

/**
 * @param table.basedOn the version that was edited; a newer version is not overwritten
 * @throws {Refusal} `other-channels.stale`
 */
export async function saveOtherChannels(
  deps: Using<'clock' | 'database' | 'laws' | 'trail'>,
  table: {
    readonly channels: readonly OtherChannel[];
    readonly basedOn: number;
    readonly actor: string;
    readonly reason: string;
  },
): Promise<void> {
  const { channels, basedOn, actor, reason } = table;
  await deps.database.transaction(async (transaction) => {
    await lockOtherChannels(transaction);
    const { version: newest } = await otherChannelsInForce(transaction, deps.laws.today());
    if (newest !== basedOn) {
      throw new Refusal('other-channels.stale', `渠道表已是第 ${newest} 版，所改的是第 ${basedOn} 版`, {
        where: 'basedOn',
        remedy: '读取现行的表，在它上面重新修改',
      });
    }
    const version = newest + 1;
    const at = deps.clock.now();
    const sha256 = sha256Of(JSON.stringify(channels));
    const body = { version, actor, reason, channels: channels.length, sha256 };
    const entry = { stream: 'other-channels', type: 'other-channels.saved', at, body } as const;
    await write(transaction, otherChannelsProjector, entry, { channels });
    await deps.trail.append(transaction, [entry]);
  });
}

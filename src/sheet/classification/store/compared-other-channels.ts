/** Saved tables of other channels as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const otherChannelTable = 'other_channel_set' as const;

export const comparedOtherChannels = (
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT '第 ' || version || ' 版' AS name,
            json_build_object('内容', encode(sha256(convert_to(channels::text, 'UTF8')), 'hex'), '谁', saved_by) AS facts
       FROM other_channel_set`,
  );

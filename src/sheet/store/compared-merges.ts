/** Merged sheets as their rows have them, for comparison with the trail. */
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export const mergeTable = 'merged_sheet';

export const comparedMerges = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT member AS stream, member AS name, json_build_object('主单', lead) AS facts
       FROM merged_sheet WHERE member = ANY ($1::text[])`,
    [[...sheets]],
  );

/** Files of sheets as their rows have them, for comparison with the trail; those that were erased are not read. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const attachmentTable = 'attachment';

export const comparedAttachments = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT work_order AS stream, id AS name,
            json_build_object('所示', shows, '格式', media_type, '收到的哈希', received_sha256, '留存的哈希', kept_sha256,
              '留存', kept_bytes::text) AS facts
       FROM attachment WHERE work_order = ANY ($1::text[]) AND erased_at IS NULL`,
    [[...sheets]],
  );

/** Texts of messages to callers that were changed, as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const templateTable = 'message_template';

export const comparedTemplates = (
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT occasion || ' ' || language || ' 第 ' || version || ' 版' AS name,
            json_build_object('标题', subject, '正文', text) AS facts FROM message_template`,
  );

/** Text templates that units share, as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const textTemplateTables = ['text_template'] as const;

/** A person's own are left out: the trail knows nothing of them. */
export const comparedTextTemplates = (
  transaction: Transaction,
): Promise<readonly { readonly table: 'text_template'; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT 'text_template' AS "table", unit || ' ' || name AS name,
            json_build_object('文字', encode(sha256(convert_to(body, 'UTF8')), 'hex'), '栏', field_name,
              '分类', class, '谁', saved_by) AS facts
       FROM text_template WHERE unit IS NOT NULL`,
  );

/** Saved rules of dispatch and of other channels as their rows have them, for comparison with the trail. */
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';

export const ruleTables = ['dispatch_rule_set', 'other_channel_set'] as const;

interface HeldRow {
  readonly table: (typeof ruleTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

export const heldRuleSets = (transaction: Transaction): Promise<readonly HeldRow[]> =>
  transaction.query(
    `SELECT 'dispatch_rule_set' AS table, '第 ' || version || ' 版' AS name,
            json_build_object('内容', encode(sha256(convert_to(rules::text, 'UTF8')), 'hex'), '谁', saved_by) AS facts
       FROM dispatch_rule_set
     UNION ALL
     SELECT 'other_channel_set', '第 ' || version || ' 版',
            json_build_object('内容', encode(sha256(convert_to(channels::text, 'UTF8')), 'hex'), '谁', saved_by)
       FROM other_channel_set`,
  );

/** Entries of the knowledge base and their versions as their rows have them, for comparison with the trail. */
import { createHash } from 'node:crypto';
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const knowledgeTables = ['knowledge_entry', 'knowledge_version'] as const;

interface ComparedRow {
  readonly table: (typeof knowledgeTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

export async function comparedKnowledge(transaction: Transaction): Promise<readonly ComparedRow[]> {
  const facts = `'单位', unit, '分类', class, '复核', review_on::text, '效力', state`;
  const rows = await transaction.query<ComparedRow & { readonly title: string; readonly body: string }>(
    `SELECT 'knowledge_entry' AS table, '第 ' || id || ' 条' AS name, title, body,
            json_build_object(${facts}, '版本', version::text) AS facts FROM knowledge_entry
     UNION ALL
     SELECT 'knowledge_version', '第 ' || entry || ' 条第 ' || version || ' 版', title, body, json_build_object(${facts})
       FROM knowledge_version`,
  );
  return rows.map(({ table, name, title, body, facts: kept }) => {
    const said = createHash('sha256')
      .update(JSON.stringify([title, body]), 'utf8')
      .digest('hex');
    return { table, name, facts: { ...kept, 内容: said } };
  });
}

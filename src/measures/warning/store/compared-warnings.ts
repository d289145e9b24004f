/** Warnings, acts on them, studies and answers as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const warningTables = ['warning', 'warning_act', 'study_suggestion', 'study_answer'] as const;

export const comparedWarnings = (
  transaction: Transaction,
): Promise<
  readonly { readonly table: (typeof warningTables)[number]; readonly name: string; readonly facts: Facts }[]
> =>
  transaction.query(
    `SELECT 'warning' AS "table", w.id::text AS name, json_build_object('种类', w.sort, '区县', w.district,
            '事项', w.matter, '件数', w.observed::text, '平常', w.expected::text, '因哪张', w.tipped_by,
            '自', (extract(epoch FROM w.since) * 1000)::bigint::text) AS facts FROM warning w
     UNION ALL SELECT 'warning_act', a.warning || ' ' || row_number() OVER (PARTITION BY a.warning ORDER BY a.id),
            json_build_object('办', a.act, '事由', a.reason, '谁', a.actor) FROM warning_act a
     UNION ALL SELECT 'study_suggestion', s.id::text, json_build_object('预警', s.warning::text, '区县', s.district,
            '事项', s.matter, '单位', s.unit, '事由', s.reason, '谁', s.suggested_by) FROM study_suggestion s
     UNION ALL SELECT 'study_answer', t.suggestion::text, json_build_object('开展', CASE WHEN t.taken THEN '是' ELSE '否' END,
            '事由', t.reason, '谁', t.answered_by) FROM study_answer t`,
  );

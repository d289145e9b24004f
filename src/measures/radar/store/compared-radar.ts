/** Rows of the radar as verification compares them with its stream. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const radarTables = ['radar_hypothesis', 'radar_question', 'radar_answer', 'radar_decision'] as const;

interface ComparedRow {
  readonly table: (typeof radarTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

export const comparedRadar = (transaction: Transaction): Promise<readonly ComparedRow[]> =>
  transaction.query<ComparedRow>(
    `SELECT 'radar_hypothesis' AS "table", h.id::text AS name, json_build_object('情形', h.pattern, '对象', h.subject,
            '件数', h.found || '/' || h."of", '其他', h.rest_found || '/' || h.rest_of, '机会', h.power::text,
            '打开', CASE WHEN h.open THEN '是' ELSE '否' END,
            '条目', (SELECT count(*) FROM radar_place p WHERE p.hypothesis = h.id)::text) AS facts FROM radar_hypothesis h
     UNION ALL SELECT 'radar_question', q.id::text, json_build_object('线索', q.hypothesis::text, '单位', q.unit,
            '问', q.question, '谁', q.asked_by) FROM radar_question q
     UNION ALL SELECT 'radar_answer', a.question::text, json_build_object('答', a.answer, '谁', a.answered_by) FROM radar_answer a
     UNION ALL SELECT 'radar_decision', d.hypothesis || ' ' || row_number() OVER (PARTITION BY d.hypothesis ORDER BY d.id),
            json_build_object('决定', d.decision, '理由', d.reason, '谁', d.decided_by) FROM radar_decision d`,
  );

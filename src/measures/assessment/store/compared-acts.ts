/** Methods, exclusions and publications as their rows have them, for comparison with the trail. */
import { contentDigest, type Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const assessmentActTables = [
  'assessment_method_proposal',
  'assessment_method_ruling',
  'assessment_exclusion',
  'assessment_exclusion_ruling',
  'assessment_publication',
  'assessment_publication_act',
] as const;

interface Row {
  readonly table: (typeof assessmentActTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

/** What is of JSON is told by its digest. */
export async function comparedAssessmentActs(transaction: Transaction): Promise<readonly Row[]> {
  const rows = await transaction.query<Row & { readonly content: unknown }>(
    `SELECT 'assessment_method_proposal' AS "table", p.id::text AS name, p.content, json_build_object('谁', p.author,
            '登录名', p.login, '事由', p.reason, '自何月', p.effective_from) AS facts FROM assessment_method_proposal p
     UNION ALL SELECT 'assessment_method_ruling', r.proposal::text, NULL, json_build_object('决定', r.decision,
            '谁', r.actor, '登录名', r.login, '事由', r.reason, '文号', r.document) FROM assessment_method_ruling r
     UNION ALL SELECT 'assessment_exclusion', x.id::text, NULL, json_build_object('工单', x.stream, '哪一项', x.measure,
            '自第几条', x.opened::text, '月份', x.period, '单位', x.unit, '谁', x.applied_by,
            '登录名', x.login) FROM assessment_exclusion x
     UNION ALL SELECT 'assessment_exclusion_ruling', y.exclusion::text, NULL, json_build_object('准予',
            CASE WHEN y.granted THEN '是' ELSE '否' END, '谁', y.ruled_by, '登录名', y.login) FROM assessment_exclusion_ruling y
     UNION ALL SELECT 'assessment_publication', b.id::text, b.content, json_build_object('种类', b.kind, '月份', b.period,
            '版', b.version::text, '谁', b.drafted_by) FROM assessment_publication b
     UNION ALL SELECT 'assessment_publication_act', a.publication || ' ' || a.seq, coalesce(a.cases, a.content),
            json_build_object('办', a.act, '谁', a.actor, '登录名', a.login, '事由', a.reason) FROM assessment_publication_act a`,
  );
  return rows.map(({ table, name, content, facts }) => ({
    table,
    name,
    facts: content === null ? facts : { ...facts, 内容: contentDigest(content) },
  }));
}

/** Proposals and rulings as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const policyTables = ['policy_proposal', 'policy_ruling'] as const;

interface ComparedRow {
  readonly table: (typeof policyTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

export const comparedPolicies = (transaction: Transaction): Promise<readonly ComparedRow[]> =>
  transaction.query(
    `SELECT 'policy_proposal' AS table, '第 ' || id || ' 号提案' AS name,
            json_build_object('政策', key, '值', value, '提出人', author, '登录名', login, '命令行', machine, '事由', reason, '文号', document,
              '自何日', effective_on::text) AS facts
       FROM policy_proposal
     UNION ALL
     SELECT 'policy_ruling', '第 ' || proposal_id || ' 号提案的决定',
            json_build_object('决定', decision, '谁', actor, '登录名', login, '命令行', machine, '事由', reason)
       FROM policy_ruling`,
  );

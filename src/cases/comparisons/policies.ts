/** Policies proposed and ruled on, against the stream `policies`. */
import { comparison } from '../../accountability/index.js';
import { comparedPolicies, policyTables as tables } from '../../law/policy/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

type Policies = Readonly<Record<(typeof tables)[number], Gathered>>;

const decisions: Readonly<Record<string, string>> = {
  'policy.approved': 'approve',
  'policy.rejected': 'reject',
  'policy.withdrawn': 'withdraw',
};

export const policiesComparison = comparison<Policies>({
  tables,
  stream: 'policies',
  reads: (stream) => stream === 'policies',
  takes: (type) => type === 'policy.proposed' || type in decisions,
  begin: () => ({ policy_proposal: new Map(), policy_ruling: new Map() }),
  add: (policies, entry) => {
    if (entry.type === 'policy.proposed') {
      const { proposal, key, value, actor, reason, document, effectiveOn } = entry.body;
      const facts = {
        政策: key,
        值: value,
        提出人: actor,
        事由: reason,
        文号: document,
        自何日: effectiveOn,
      };
      say(policies.policy_proposal, `第 ${proposal} 号提案`, facts, entry);
    } else if (
      entry.type === 'policy.approved' ||
      entry.type === 'policy.rejected' ||
      entry.type === 'policy.withdrawn'
    ) {
      const { proposal, actor, reason } = entry.body;
      const facts = { 决定: decisions[entry.type] ?? null, 谁: actor, 事由: reason };
      say(policies.policy_ruling, `第 ${proposal} 号提案的决定`, facts, entry);
    }
    return policies;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedPolicies(transaction);
    return [...ended.values()].flatMap((policies) =>
      tables.flatMap((table) =>
        differencesOf(
          table,
          rows.filter((row) => row.table === table),
          policies[table],
        ),
      ),
    );
  },
});

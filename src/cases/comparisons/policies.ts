/** Policies proposed and ruled on, against the stream `policies`. */
import { comparedPolicies, policyTables } from '../../law/policy/index.js';
import { say } from './gathered.js';
import { onOneStream } from './one-stream.js';

const decisions = {
  'policy.approved': 'approve',
  'policy.rejected': 'reject',
  'policy.withdrawn': 'withdraw',
} as const;

export const policiesComparison = onOneStream({
  stream: 'policies',
  tables: policyTables,
  takes: (type) => type === 'policy.proposed' || type in decisions,
  rows: comparedPolicies,
  add: (rows, entry) => {
    switch (entry.type) {
      case 'policy.proposed': {
        const {
          proposal,
          key,
          value,
          actor,
          login,
          machine = null,
          reason,
          document,
          effectiveOn,
        } = entry.body;
        const who = { 提出人: actor, 登录名: login, 命令行: machine };
        const facts = { ...who, 政策: key, 值: value, 事由: reason, 文号: document, 自何日: effectiveOn };
        say(rows.policy_proposal, `第 ${proposal} 号提案`, facts, entry);
        break;
      }
      case 'policy.approved':
      case 'policy.rejected':
      case 'policy.withdrawn': {
        const { proposal, actor, login, machine = null, reason } = entry.body;
        const who = { 谁: actor, 登录名: login, 命令行: machine };
        const facts = { ...who, 决定: decisions[entry.type], 事由: reason };
        say(rows.policy_ruling, `第 ${proposal} 号提案的决定`, facts, entry);
        break;
      }
      default:
    }
  },
});

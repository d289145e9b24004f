/** Projects policy proposals and rulings. */
import { adds, projector, same, type Placed } from '../../accountability/index.js';

export const proposalProjector = projector({
  table: 'policy_proposal',
  stands: { stream: 'policies' },
  key: ['id'],
  columns: {
    id: same('提案'),
    key: same('政策'),
    value: same('值'),
    author: same('提出人'),
    login: same('登录名'),
    machine: same('命令行'),
    reason: same('事由'),
    document: same('文号'),
    effective_on: same('自何日'),
  },
  called: (id) => `第 ${id} 号提案`,
  project: {
    'policy.proposed': ({ body }) => {
      const { proposal: id, key, value, actor: author, login, machine = null, reason, document } = body;
      return adds({
        id,
        key,
        value,
        author,
        login,
        machine,
        reason,
        document,
        effective_on: body.effectiveOn,
      });
    },
  },
});

const ruled =
  (decision: string) => (entry: Placed<'policy.approved' | 'policy.rejected' | 'policy.withdrawn'>) => {
    const { proposal, actor, login, machine = null, reason } = entry.body;
    return adds({ proposal_id: proposal, decision, actor, login, machine, reason });
  };

export const rulingProjector = projector({
  table: 'policy_ruling',
  stands: { stream: 'policies' },
  key: ['proposal_id'],
  columns: {
    proposal_id: same('提案'),
    decision: same('决定'),
    actor: same('谁'),
    login: same('登录名'),
    machine: same('命令行'),
    reason: same('事由'),
  },
  called: (id) => `第 ${id} 号提案的决定`,
  project: {
    'policy.approved': ruled('approve'),
    'policy.rejected': ruled('reject'),
    'policy.withdrawn': ruled('withdraw'),
  },
});

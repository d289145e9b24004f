/**
 * Changes of policies: one person proposes a change from a future day on, another rules on it. Each
 * act is an entry of the trail `policies`.
 */
import type { EntryType, Trail } from '../accountability/index.js';
import { civilDateOf, parseCivilDate, type CivilDate } from '../kernel/civil-date.js';
import { Refusal, type JsonObject } from '../kernel/index.js';
import { lawOf } from '../kernel/law.js';
import {
  addProposal,
  addRuling,
  checkValue,
  isAsProposed,
  policyDecision,
  readProposal,
  takesEffectAt,
  type Catalogue,
  type Proposal,
} from '../law/policy/index.js';
import { laxerThanAllowed } from '../law/regulation/index.js';
import { inTime, type Officer, type Verdict } from '../law/two-person/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { Using } from './parts.js';

export interface ChangePolicyDeps extends Using<'catalogues' | 'clock' | 'database' | 'laws' | 'trail'> {
  readonly policies: { readonly catalogue: Catalogue };
}

/**
 * @param request.effectiveOn civil date in Asia/Shanghai; in force from its 00:00
 * @throws {Refusal} `access.denied`; `input.invalid` for a blank reason; `policy.not-found`; `policy.invalid` for an
 * impossible value, or a day that is not in the future; `calendar.invalid`
 */
export async function proposePolicy(
  deps: ChangePolicyDeps,
  request: Pick<Proposal, 'key' | 'value' | 'reason' | 'document'> & { readonly effectiveOn: string },
  by: Officer,
): Promise<Proposal> {
  policyDecision.assertMayPropose(by, request.reason);
  checkValue(deps.policies.catalogue.named(request.key), request.value);
  const effectiveOn = parseCivilDate(request.effectiveOn, 'effectiveOn');
  const proposedAt = deps.clock.now();
  refusePast(effectiveOn, proposedAt);
  const { login, actor: author, machine = null } = by;
  const proposal = { ...request, login, author, machine, effectiveOn, proposedAt };
  return deps.database.transaction(async (transaction) => {
    await refuseLaxer(deps, transaction, proposal);
    const id = await addProposal(transaction, proposal);
    const { key, value, reason, document } = request;
    const act = { proposal: id, key, value, effectiveOn, reason, document };
    await enter(deps.trail, transaction, 'policy.proposed', proposedAt, by, act);
    return { ...proposal, id, ruling: null };
  });
}

/**
 * @throws {Refusal} `policy.not-found`; `access.denied`; `policy.not-yours` if the author rules, or
 * somebody else withdraws; `policy.settled`; `policy.invalid` for an approval too late for its day;
 * `policy.altered`
 */
export async function rulePolicy(
  deps: ChangePolicyDeps,
  id: number,
  { decision, reason }: { readonly decision: Verdict; readonly reason: string },
  by: Officer,
): Promise<Proposal> {
  const ruledAt = deps.clock.now();
  return deps.database.transaction(async (transaction) => {
    const proposal = await readProposal(transaction, id);
    if (!proposal) {
      throw new Refusal('policy.not-found', `没有第 ${id} 号政策提案`, { remedy: '核对提案的编号' });
    }
    const { state } = policyDecision.decide(proposal, decision, by, reason);
    if (decision === 'approve' && !(await isAsProposed(transaction, proposal))) {
      throw new Refusal('policy.altered', `第 ${id} 号政策提案不是提出时轨迹所记的`, {
        where: 'policies',
        provision: lawOf('trail', deps.laws.today()),
        remedy: '不能批准；保全数据库，由审计人员核验轨迹；仍要改的，另行提出',
      });
    }
    const { login, actor, machine = null } = by;
    const ruling = { decision, login, actor, machine, reason, ruledAt };
    if (!(await addRuling(transaction, id, ruling)))
      throw policyDecision.outOfState((await readProposal(transaction, id)) ?? proposal, decision);
    if (decision === 'approve') {
      checkValue(deps.policies.catalogue.named(proposal.key), proposal.value);
      refusePast(proposal.effectiveOn, ruledAt);
      await refuseLaxer(deps, transaction, proposal);
    }
    const { key, value, effectiveOn } = proposal;
    const act = { proposal: id, key, value, effectiveOn, reason };
    await enter(deps.trail, transaction, `policy.${state}`, ruledAt, by, act);
    return { ...proposal, ruling };
  });
}

/** No policy is laxer than a higher source that binds allows, under the law known now for its first day. */
async function refuseLaxer(
  { catalogues, clock }: ChangePolicyDeps,
  transaction: Transaction,
  { key, value, effectiveOn }: Pick<Proposal, 'key' | 'value' | 'effectiveOn'>,
): Promise<void> {
  const { catalogue } = await catalogues.on(transaction, effectiveOn, clock.now());
  const [wrong] = laxerThanAllowed(catalogue, effectiveOn, [{ key, value, effectiveOn }]);
  if (wrong === undefined) return;
  throw new Refusal('policy.invalid', wrong, { where: 'value', remedy: '改成上位的规定容许的值' });
}

function refusePast(effectiveOn: CivilDate, now: Date): void {
  if (inTime(takesEffectAt(effectiveOn), now)) return;
  throw new Refusal('policy.invalid', `生效日 ${effectiveOn} 不晚于今天（${civilDateOf(now)}）`, {
    where: 'effectiveOn',
    remedy: '政策不溯及既往：生效日从明天起写，至少在零点前一分钟批准；已经提出的，另行提出',
  });
}

async function enter(
  trail: Trail,
  transaction: Transaction,
  type: EntryType,
  at: Date,
  { login, actor, machine }: Officer,
  act: JsonObject,
): Promise<void> {
  const body = { ...act, actor, login, ...(machine ? { machine } : {}) };
  await trail.append(transaction, [{ stream: 'policies', type, at, body }]);
}

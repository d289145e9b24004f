/**
 * Changes of policies: proposed from a future day on, approved or rejected by another person; until then the author may
 * withdraw. Each act is an entry of the trail `policies`.
 */
import type { EntryType, Trail } from '../accountability/index.js';
import { civilDateOf, parseCivilDate, type CivilDate } from '../kernel/civil-date.js';
import { Refusal, type Clock, type JsonObject } from '../kernel/index.js';
import { lawOf, type Laws } from '../kernel/law.js';
import type { Database, Transaction } from '../platform/database/index.js';
import {
  addProposal,
  addRuling,
  checkValue,
  isAsProposed,
  readProposal,
  takesEffectAt,
  type Catalogue,
  type Proposal,
  type Verdict,
} from '../law/policy/index.js';

export interface ChangePolicyDeps {
  readonly database: Database;
  readonly policies: { readonly catalogue: Catalogue };
  readonly trail: Trail;
  readonly clock: Clock;
  readonly laws: Laws;
}

/** Programs reload decisions every second; all know one well before a case can start under it. */
const leastNotice = 60_000;

/**
 * @param request.effectiveOn civil date in Asia/Shanghai; in force from its 00:00
 * @throws {Refusal} `input.invalid` for a blank author or reason; `policy.not-found`; `policy.invalid` for an impossible
 * value, or a day that is not in the future; `calendar.invalid`
 */
export async function proposePolicy(
  deps: ChangePolicyDeps,
  request: {
    readonly key: string;
    readonly value: string;
    readonly effectiveOn: string;
    readonly author: string;
    readonly reason: string;
    readonly document: string | null;
  },
): Promise<Proposal> {
  refuseBlank(request, 'author', 'reason');
  checkValue(deps.policies.catalogue.named(request.key), request.value);
  const effectiveOn = parseCivilDate(request.effectiveOn, 'effectiveOn');
  const proposedAt = deps.clock.now();
  refusePast(effectiveOn, proposedAt);
  const proposal = { ...request, effectiveOn, proposedAt };
  return deps.database.transaction(async (transaction) => {
    const id = await addProposal(transaction, proposal);
    const { author: actor, key, value, reason, document } = request;
    const act = { actor, key, value, effectiveOn, reason, document };
    await enter(deps.trail, transaction, 'policy.proposed', proposedAt, { proposal: id, ...act });
    return { ...proposal, id, ruling: null };
  });
}

const entryTypes = {
  approve: 'policy.approved',
  reject: 'policy.rejected',
  withdraw: 'policy.withdrawn',
} as const satisfies Record<Verdict, string>;

/**
 * @throws {Refusal} `policy.not-found`; `policy.not-yours` for an author's ruling, or withdrawal by another;
 * `policy.settled`; `policy.invalid` for an approval too late for its day; `policy.altered`
 */
export async function rulePolicy(
  deps: ChangePolicyDeps,
  id: number,
  request: { readonly decision: Verdict; readonly actor: string; readonly reason: string },
): Promise<Proposal> {
  refuseBlank(request, 'actor', 'reason');
  const ruledAt = deps.clock.now();
  return deps.database.transaction(async (transaction) => {
    const proposal = await readProposal(transaction, id);
    if (!proposal) {
      throw new Refusal('policy.not-found', `没有第 ${id} 号政策提案`, { remedy: '核对提案的编号' });
    }
    refuseWrongHand(proposal, request);
    if (request.decision === 'approve' && !(await isAsProposed(transaction, proposal))) {
      throw new Refusal('policy.altered', `第 ${id} 号政策提案不是提出时轨迹所记的`, {
        where: 'policies',
        provision: lawOf('trail', deps.laws.today()),
        remedy: '不能批准;保全数据库,由审计人员核验轨迹;仍要改的,另行提出',
      });
    }
    const ruling = { ...request, ruledAt };
    if (proposal.ruling || !(await addRuling(transaction, id, ruling))) {
      throw new Refusal('policy.settled', `第 ${id} 号政策提案已经有了结论`, {
        remedy: '查看这项政策的经过;仍要改的,另行提出',
      });
    }
    if (request.decision === 'approve') {
      checkValue(deps.policies.catalogue.named(proposal.key), proposal.value);
      refusePast(proposal.effectiveOn, ruledAt);
    }
    const { key, value, effectiveOn } = proposal;
    const act = { actor: request.actor, key, value, effectiveOn, reason: request.reason };
    await enter(deps.trail, transaction, entryTypes[request.decision], ruledAt, { proposal: id, ...act });
    return { ...proposal, ruling };
  });
}

function refuseBlank<Field extends string>(request: Readonly<Record<Field, string>>, ...fields: Field[]) {
  const blank = fields.find((field) => request[field].trim() === '');
  if (blank === undefined) return;
  throw new Refusal('input.invalid', `“${blank}”不能为空`, { where: blank, remedy: '写明是谁、为什么' });
}

function refuseWrongHand(
  { id, author }: Proposal,
  { decision, actor }: { readonly decision: Verdict; readonly actor: string },
): void {
  const own = samePerson(author, actor);
  if (decision === 'withdraw' && !own) {
    throw new Refusal('policy.not-yours', `第 ${id} 号政策提案由 ${author} 提出,他人不得撤回`, {
      remedy: '不同意的,予以否决',
    });
  }
  if (decision !== 'withdraw' && own) {
    throw new Refusal('policy.not-yours', `${author} 提出的政策,不得由本人批准或者否决`, {
      remedy: '由他人决定;不再需要的,撤回提案',
    });
  }
}

/** Ignores spaces and full-width forms. */
const samePerson = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

function refusePast(effectiveOn: CivilDate, now: Date): void {
  if (takesEffectAt(effectiveOn).getTime() - now.getTime() >= leastNotice) return;
  throw new Refusal('policy.invalid', `生效日 ${effectiveOn} 不晚于今天(${civilDateOf(now)})`, {
    where: 'effectiveOn',
    remedy: '政策不溯及既往:生效日从明天起写,至少在零点前一分钟批准;已经提出的,另行提出',
  });
}

async function enter(
  trail: Trail,
  transaction: Transaction,
  type: EntryType,
  at: Date,
  body: JsonObject,
): Promise<void> {
  await trail.append(transaction, [{ stream: 'policies', type, at, body }]);
}

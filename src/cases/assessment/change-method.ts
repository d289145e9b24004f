/**
 * Changes of the assessment method. One person proposes a change from a future month on; another
 * approves it with the number of the city government's approval. Each act is an entry of the trail
 * `assessment`.
 */
import type { EntryType } from '../../accountability/index.js';
import {
  addMethodProposal,
  addMethodRuling,
  assessmentStream,
  checkMethod,
  firstMonth,
  listClosings,
  listMethodProposals,
  nextPeriod,
  parsePeriod,
  periodOfAct,
  type MethodContent,
  type MethodProposal,
} from '../../measures/assessment/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { governmentTitle, lawOf, methodNeedsApproval, restingOn, type Law } from '../../kernel/law.js';
import { editors, proposalDecision, type Officer } from '../../law/two-person/index.js';
import type { Using } from '../parts.js';

export type AssessmentActDeps = Using<'clock' | 'database' | 'laws' | 'trail'>;

export const methodDecision = (law: Law) =>
  proposalDecision('考核办法', ['assessor', ...editors], {
    ...{ code: 'assessment.not-yours', settled: 'assessment.settled' },
    provision: lawOf('assessment-method', law),
  });

/** @throws {Refusal} `assessment.invalid` for an unusable method, or one proposed too late for its month */
export async function proposeMethod(
  deps: AssessmentActDeps,
  request: Pick<MethodProposal, 'content' | 'reason'> & { readonly effectiveFrom: string },
  by: Officer,
): Promise<MethodProposal> {
  const law = deps.laws.today();
  methodDecision(law).assertMayPropose(by, request.reason);
  checkMethod(request.content, law);
  const { login, actor } = by;
  const proposal = {
    ...request,
    login,
    author: actor,
    effectiveFrom: parsePeriod(request.effectiveFrom, 'effectiveFrom'),
    proposedAt: deps.clock.now(),
  };
  return deps.database.transaction(async (transaction) => {
    await refuseLate(transaction, deps, proposal);
    const id = await addMethodProposal(transaction, proposal);
    const { reason, effectiveFrom, content } = proposal;
    await enter(deps, transaction, 'method.proposed', {
      proposal: id,
      actor,
      login,
      reason,
      effectiveFrom,
      content,
    });
    return { ...proposal, id, ruling: null };
  });
}

/**
 * @throws {Refusal} `assessment.not-found`; `assessment.not-yours` if the author rules, or somebody
 * else withdraws; `assessment.settled`; `assessment.invalid` for an approval without a document, or
 * too late
 */
export async function ruleMethod(
  deps: AssessmentActDeps,
  id: number,
  request: Pick<NonNullable<MethodProposal['ruling']>, 'decision' | 'reason' | 'document'>,
  by: Officer,
): Promise<MethodProposal> {
  const { decision, reason, document } = request;
  const { login, actor } = by;
  const law = deps.laws.today();
  return deps.database.transaction(async (transaction) => {
    const find = async () => (await listMethodProposals(transaction)).find((one) => one.id === id);
    const proposal = await find();
    if (!proposal) {
      throw new Refusal('assessment.not-found', `没有第 ${id} 号考核办法`, { remedy: '核对编号' });
    }
    const { state } = methodDecision(law).decide(proposal, decision, by, reason);
    if (decision === 'approve' && document === null && methodNeedsApproval(law)) {
      throw new Refusal('assessment.invalid', `批准考核办法须写明${governmentTitle(law)}批准的文号`, {
        where: 'document',
        provision: lawOf('assessment-method', law),
        remedy: '填写批准文号',
      });
    }
    // This comes before the ruling is recorded, because the ruling would otherwise count as the
    // first method.
    if (decision === 'approve') await refuseLate(transaction, deps, proposal);
    const ruling = { ...request, login, actor, ruledAt: deps.clock.now() };
    if (!(await addMethodRuling(transaction, id, ruling)))
      throw methodDecision(law).outOfState((await find()) ?? proposal, decision);
    const { effectiveFrom } = proposal;
    await enter(deps, transaction, `method.${state}`, {
      ...{ proposal: id, actor, login, reason, document, effectiveFrom },
    });
    return { ...proposal, ruling };
  });
}

/** A method must be known before its month begins; only the very first may be for the current month. */
async function refuseLate(
  transaction: Transaction,
  { clock, laws }: AssessmentActDeps,
  { effectiveFrom }: Pick<MethodProposal, 'effectiveFrom'>,
): Promise<void> {
  const present = periodOfAct(clock.now());
  const isFirst = firstMonth(await listMethodProposals(transaction)) === undefined;
  const earliest = isFirst ? present : nextPeriod(present);
  const closed = (await listClosings(transaction, 'live')).some(({ period }) => period >= effectiveFrom);
  if (effectiveFrom >= earliest && !closed) return;
  throw new Refusal('assessment.invalid', `考核办法不溯及既往：${effectiveFrom} 已经开始或者已经关闭`, {
    where: 'effectiveFrom',
    provision: lawOf('assessment-method', laws.today()),
    remedy: `自 ${earliest} 或者以后的月份起适用`,
  });
}

async function enter(
  deps: AssessmentActDeps,
  transaction: Transaction,
  type: EntryType,
  body: JsonObject | { readonly content: MethodContent },
): Promise<void> {
  const entry = {
    ...body,
    provisions: restingOn('assessment-method', deps.laws.today()),
  } as unknown as JsonObject;
  await deps.trail.append(transaction, [
    { stream: assessmentStream, type, at: deps.clock.now(), body: entry },
  ]);
}

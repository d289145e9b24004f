/**
 * Changes of the assessment method: proposed from a future month on, approved by another person with the
 * number of the city government's approval. Each act is an entry of the trail `assessment`.
 */
import type { EntryType, Trail } from '../../accountability/index.js';
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
import { Refusal, type Clock, type JsonObject } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { governmentTitle, lawOf, methodNeedsApproval, restingOn, type Laws } from '../../kernel/law.js';

export interface AssessmentActDeps {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly laws: Laws;
}

/** @throws {Refusal} `assessment.invalid` for an unusable method, or one too late for its month */
export async function proposeMethod(
  deps: AssessmentActDeps,
  request: {
    readonly content: MethodContent;
    readonly effectiveFrom: string;
    readonly author: string;
    readonly reason: string;
  },
): Promise<MethodProposal> {
  checkMethod(request.content, deps.laws.today());
  const proposal = {
    ...request,
    effectiveFrom: parsePeriod(request.effectiveFrom, 'effectiveFrom'),
    proposedAt: deps.clock.now(),
  };
  return deps.database.transaction(async (transaction) => {
    await refuseLate(transaction, deps, proposal);
    const id = await addMethodProposal(transaction, proposal);
    const { author: actor, reason, effectiveFrom, content } = proposal;
    await enter(deps, transaction, 'method.proposed', {
      proposal: id,
      actor,
      reason,
      effectiveFrom,
      content,
    });
    return { ...proposal, id, ruling: null };
  });
}

const entryTypes = {
  approve: 'method.approved',
  reject: 'method.rejected',
  withdraw: 'method.withdrawn',
} as const;

/**
 * @throws {Refusal} `assessment.not-found`; `assessment.not-yours` for an author's ruling, or withdrawal by another;
 * `assessment.settled`; `assessment.invalid` for an approval without a document, or too late
 */
export async function ruleMethod(
  deps: AssessmentActDeps,
  id: number,
  request: {
    readonly decision: keyof typeof entryTypes;
    readonly actor: string;
    readonly reason: string;
    readonly document: string | null;
  },
): Promise<MethodProposal> {
  const { decision, actor, reason, document } = request;
  const law = deps.laws.today();
  return deps.database.transaction(async (transaction) => {
    const proposal = (await listMethodProposals(transaction)).find((one) => one.id === id);
    if (!proposal) {
      throw new Refusal('assessment.not-found', `没有第 ${id} 号考核办法`, { remedy: '核对编号' });
    }
    if ((decision === 'withdraw') !== (proposal.author === actor)) {
      throw new Refusal(
        'assessment.not-yours',
        decision === 'withdraw'
          ? `第 ${id} 号考核办法由 ${proposal.author} 提出,他人不得撤回`
          : `${actor} 提出的考核办法,不得由本人批准或者否决`,
        {
          where: 'decision',
          provision: lawOf('assessment-method', law),
          remedy: '请由他人决定;提出人只能撤回',
        },
      );
    }
    if (decision === 'approve' && document === null && methodNeedsApproval(law)) {
      throw new Refusal('assessment.invalid', `批准考核办法须写明${governmentTitle(law)}批准的文号`, {
        where: 'document',
        provision: lawOf('assessment-method', law),
        remedy: '填写批准文号',
      });
    }
    // Before recording the ruling, which would otherwise count as the first.
    if (decision === 'approve' && !proposal.ruling) await refuseLate(transaction, deps, proposal);
    const ruling = { ...request, ruledAt: deps.clock.now() };
    if (proposal.ruling || !(await addMethodRuling(transaction, id, ruling))) {
      throw new Refusal('assessment.settled', `第 ${id} 号考核办法已经有了结论`, {
        remedy: '仍要改的,另行提出',
      });
    }
    const body = { proposal: id, actor, reason, document, effectiveFrom: proposal.effectiveFrom };
    await enter(deps, transaction, entryTypes[decision], body);
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
  throw new Refusal('assessment.invalid', `考核办法不溯及既往:${effectiveFrom} 已经开始或者已经关闭`, {
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

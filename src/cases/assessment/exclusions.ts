/** 申请不计考核: a unit applies to exclude a fact of one sheet from the assessment; somebody of another unit decides. */
import {
  addExclusion,
  addExclusionRuling,
  assessmentStream,
  exclusionsOf,
  lockCursor,
  listClosings,
  readExclusion,
  replaceFacts,
  storedFacts,
  type Exclusion,
  type Period,
} from '../../measures/assessment/index.js';
import { Refusal, seal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { AssessmentActDeps } from './change-method.js';
import { lawOf, type Law } from '../../kernel/law.js';
import { proposalStates, twoPersonDecision, type Officer } from '../../law/two-person/index.js';

/** The acting person and their units. */
export interface Official extends Officer {
  readonly units: readonly string[];
}

export const exclusionDecision = (law: Law) =>
  twoPersonDecision({
    matter: ({ id, login, appliedBy: actor, ruling }: Exclusion) => ({
      ...{ name: `第 ${id} 号申请`, authors: [{ login, actor }] },
      state: ruling ? ('decided' as const) : ('applied' as const),
    }),
    late: { code: 'assessment.settled', remedy: '查看结论' },
    states: { applied: [proposalStates.proposed], decided: ['已经有了结论'] },
    deeds: { rule: { title: '决定', in: ['applied'], to: 'decided', by: 'other', roles: ['assessor'] } },
    own: {
      ...{ code: 'assessment.not-yours', wrote: '提出', provision: lawOf('assessment-results', law) },
      remedy: '请由其他单位的考核人员决定',
    },
  });

/** What the official can do with an application by office, and what prevents it. */
export function possibleRulings(law: Law, application: Exclusion, official: Official, isClosed: boolean) {
  const hindered = exclusionDecision(law).hindrance(application, 'rule', official);
  if (application.ruling || hindered?.code === 'access.denied') return [];
  const hindrance = barred(law, application, official, isClosed) ?? hindered;
  return [{ act: 'rule' as const, hindrance: hindrance?.message ?? null }];
}

/**
 * @throws {Refusal} `assessment.not-found` if the unit has no such fact, `assessment.closed`,
 * `assessment.settled` if an application exists already
 */
export async function applyForExclusion(
  deps: AssessmentActDeps,
  official: Official,
  request: Pick<Exclusion, 'measure' | 'opened' | 'ground'> & { readonly sheet: string },
): Promise<Exclusion> {
  const { sheet: stream, measure, opened, ground } = request;
  const at = deps.clock.now();
  return deps.database.transaction(async (transaction) => {
    await lockCursor(transaction);
    const fact = await factAt(transaction, { stream, measure, opened });
    if (!fact || fact.realm !== 'live' || !official.units.includes(fact.unit)) {
      throw new Refusal('assessment.not-found', `考核没有为本单位计工单 ${stream} 的这一项`, {
        where: 'sheet',
        remedy: '从本单位的考核数字里打开工单，在所计的那一项上申请',
      });
    }
    if (await isClosed(transaction, fact.period)) throw afterClosing(deps.laws.today(), fact.period);
    if ((await exclusionsOf(transaction, { stream, measure, opened })).length > 0) {
      throw new Refusal('assessment.settled', `工单 ${stream} 的这一项已经申请过`, {
        remedy: '查看申请的结论',
      });
    }
    const { period, unit } = fact;
    const application = {
      stream,
      measure,
      opened,
      period,
      unit,
      ground,
      appliedBy: official.actor,
      login: official.login,
      appliedAt: at,
    };
    const id = await addExclusion(transaction, application);
    const { actor, login } = official;
    const body = { exclusion: id, actor, login, sheet: stream, measure, opened, unit, period };
    await deps.trail.append(transaction, [
      { stream: assessmentStream, type: 'exclusion.applied', at, body, sealed: [seal('ground', ground)] },
    ]);
    return { ...application, id, ruling: null };
  });
}

/**
 * @throws {Refusal} `assessment.not-found`; `assessment.not-yours` if the applicant or their unit
 * rules; `assessment.settled`; `assessment.closed`
 */
export async function ruleOnExclusion(
  deps: AssessmentActDeps,
  official: Official,
  id: number,
  { granted, reason }: { readonly granted: boolean; readonly reason: string },
): Promise<Exclusion> {
  const at = deps.clock.now();
  const { actor, login } = official;
  const law = deps.laws.today();
  const decision = exclusionDecision(law);
  return deps.database.transaction(async (transaction) => {
    await lockCursor(transaction);
    const application = await readExclusion(transaction, id);
    if (!application) {
      throw new Refusal('assessment.not-found', `没有第 ${id} 号申请`, { remedy: '核对编号' });
    }
    const { stream, measure, opened, unit, period } = application;
    decision.decide(application, 'rule', official, reason);
    const bar = barred(law, application, official, await isClosed(transaction, period));
    if (bar) throw bar;
    const ruled = { ...application, ruling: { granted, reason, ruledBy: actor, login, ruledAt: at } };
    if (!(await addExclusionRuling(transaction, id, ruled.ruling))) throw decision.outOfState(ruled, 'rule');
    const fact = granted ? await factAt(transaction, application) : undefined;
    if (fact) await replaceFacts(transaction, [fact], [{ ...fact, excluded: true }]);
    const body = { exclusion: id, actor, login, sheet: stream, measure, opened, unit, period };
    const type = granted ? 'exclusion.granted' : 'exclusion.refused';
    await deps.trail.append(transaction, [
      { stream: assessmentStream, type, at, body, sealed: [seal('reason', reason)] },
    ]);
    return ruled;
  });
}

async function factAt(
  transaction: Transaction,
  { stream, measure, opened }: Pick<Exclusion, 'stream' | 'measure' | 'opened'>,
) {
  const facts = await storedFacts(transaction, [stream]);
  return facts.find((one) => one.measure === measure && one.opened === opened);
}

/** Why the official cannot rule on it, whatever its state. */
function barred(
  law: Law,
  { unit, period }: Exclusion,
  { units }: Official,
  isClosed: boolean,
): Refusal | undefined {
  if (!units.includes(unit)) return isClosed ? afterClosing(law, period) : undefined;
  return new Refusal('assessment.not-yours', `${unit} 的申请不得由本单位的人决定`, {
    provision: lawOf('assessment-results', law),
    remedy: '请由其他单位的考核人员决定',
  });
}

/** Whether the figures of the period are closed. */
export const isClosed = async (transaction: Transaction, period: Period): Promise<boolean> =>
  (await listClosings(transaction, 'live')).some((one) => one.period === period);

const afterClosing = (law: Law, period: Period): Refusal =>
  new Refusal('assessment.closed', `${period} 的考核已经关闭`, {
    provision: lawOf('assessment-results', law),
    remedy: '在异议期内提出异议',
  });

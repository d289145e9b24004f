/**
 * Closes a month in one transaction: fixes its facts at the tree's present size and starts
 * `processes/assessment.bpmn` with their sums.
 */
import {
  addClosing,
  countsOf,
  endOfPeriod,
  firstMonth,
  groupIn,
  isUnsettled,
  knowledgeFacts,
  knowledgeStream,
  knowledgeStreamOf,
  listClosings,
  listMethodProposals,
  mergedTallies,
  methodFor,
  nextPeriod,
  periodOfAct,
  periodsBetween,
  replaceFacts,
  tryLockCursor,
  tallies,
  unitKinds,
  type Period,
  type Realm,
} from '../../measures/assessment/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { entriesBefore } from '../../accountability/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import { preparedStart, type PreparedStartDeps } from '../prepared-start.js';
import type { Using } from '../parts.js';

/** The name by which a start event of the diagram asks the program to prepare this data. */
const prepared = 'assessment-period-closed';

export type ClosePeriodDeps = PreparedStartDeps & Using<'database' | 'executor' | 'laws'>;

/** Business key of a month's assessment run. */
export const runKey = (realm: Realm, period: Period): string =>
  realm === 'live' ? `考核-${period}` : `考核-回放-${period}`;

/**
 * Closes all months whose closing timer in the diagram is due, earliest first, since the first
 * approved method.
 *
 * @returns the months closed now; a later call closes one that is blocked
 */
export async function closeDuePeriods(deps: ClosePeriodDeps): Promise<Period[]> {
  const due = await deps.database.transaction(async (transaction) => {
    const first = firstMonth(await listMethodProposals(transaction));
    if (first === undefined) return [];
    const closed = new Set((await listClosings(transaction, 'live')).map(({ period }) => period));
    const now = deps.clock.now();
    const open = periodsBetween(first, nextPeriod(periodOfAct(now), -1)).filter((one) => !closed.has(one));
    const found: Period[] = [];
    for (const period of open) {
      const at = await closesAt(deps, transaction, period);
      if (at && at <= now) found.push(period);
    }
    return found;
  });
  const closed: Period[] = [];
  for (const period of due) {
    if (!(await tryClosing(deps, period))) break;
    closed.push(period);
  }
  return closed;
}

/**
 * When the diagram's timer closes the month: its first instant from the month's end on; null if the
 * diagram has no timer.
 */
export const closesAt = (
  deps: PreparedStartDeps,
  transaction: Transaction,
  period: Period,
): Promise<Date | null> =>
  preparedStart(deps, transaction, { process: 'assessment', prepare: prepared, from: endOfPeriod(period) });

async function tryClosing(deps: ClosePeriodDeps, period: Period): Promise<boolean> {
  try {
    await closePeriod(deps, { realm: 'live', period, actor: '考核周期' });
    return true;
  } catch (error) {
    // The projection has not read the trail far enough, or another program closed the month first:
    // the next round tries again.
    if (error instanceof Refusal && ['trail.behind', 'assessment.closed'].includes(error.code)) return false;
    throw error;
  }
}

/**
 * @throws {Refusal} `assessment.closed`; `assessment.invalid` for a month that is not over or has no approved method;
 * `trail.behind` while entries of the month are not in the tree
 */
export async function closePeriod(
  deps: ClosePeriodDeps,
  { realm, period, actor }: { readonly realm: Realm; readonly period: Period; readonly actor: string },
): Promise<void> {
  const now = deps.clock.now();
  if (now < endOfPeriod(period)) {
    throw new Refusal('assessment.invalid', `${period} 还没有结束（今天 ${civilDateOf(now)}）`, {
      where: 'period',
      remedy: '月末之后再关闭',
    });
  }
  await deps.database.transaction(async (transaction) => {
    const size = await settledSize(transaction, period);
    if ((await listClosings(transaction, realm)).some((one) => one.period === period)) {
      throw new Refusal('assessment.closed', `${period} 已经关闭`, { remedy: '查看这一周期的考核' });
    }
    const law = deps.laws.today();
    const method = methodFor(await listMethodProposals(transaction), period, law);
    if (!method) {
      throw new Refusal('assessment.invalid', `没有适用于 ${period} 的经批准的考核办法`, {
        where: 'period',
        provision: lawOf('assessment-method', law),
        remedy: '提出考核办法，报经批准',
      });
    }
    if (realm === 'live') await addKnowledge(transaction, period, size, law);
    const rows = await tallies(transaction, realm, [period]);
    await addClosing(transaction, realm, { period, closedAt: now, closedBy: actor, logSize: size });
    const counts = countsOf(rows, await mergedTallies(transaction, realm, period), method, law);
    const kinds = await unitKinds(transaction);
    const groups = Object.fromEntries(
      Object.keys(counts).map((unit) => [unit, groupIn(method, unit, kinds.get(unit))]),
    );
    const received = rows.reduce((sum, { measure, of }) => sum + (measure === 'accepted' ? of : 0), 0);
    const variables = { period, logSize: size, method, counts, groups, received } as unknown as JsonObject;
    const businessKey = runKey(realm, period);
    const [answer] = await deps.executor.executeIn(transaction, [
      {
        kind: 'start',
        businessKey,
        process: 'assessment',
        message: prepared,
        realm,
        at: now,
        actor,
        variables,
      },
    ]);
    if (answer?.refusal) throw answer.refusal;
  });
}

/** Whether all of the month's entries have been counted. */
export const isSettled = async (transaction: Transaction, period: Period): Promise<boolean> =>
  (await settledSizeOf(transaction, period)) !== undefined;

async function settledSize(transaction: Transaction, period: Period): Promise<number> {
  const size = await settledSizeOf(transaction, period);
  if (size !== undefined) return size;
  throw new Refusal('trail.behind', `${period} 的轨迹还没有全部计入考核`, { remedy: '稍后再试' });
}

async function settledSizeOf(transaction: Transaction, period: Period): Promise<number | undefined> {
  const cursor = await tryLockCursor(transaction);
  const isBehind = cursor?.place !== cursor?.size || (await isUnsettled(transaction, endOfPeriod(period)));
  return isBehind ? undefined : cursor?.size;
}

async function addKnowledge(transaction: Transaction, period: Period, size: number, law: Law): Promise<void> {
  const steps = await entriesBefore(transaction, [knowledgeStream], size);
  const facts = knowledgeFacts(steps.get(knowledgeStream, law), period);
  const stream = knowledgeStreamOf(period);
  await replaceFacts(
    transaction,
    [],
    facts.map((fact) => ({ ...fact, stream, realm: 'live', district: '', excluded: false, lead: '' })),
  );
}

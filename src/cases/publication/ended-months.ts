/**
 * Publication of each month's intake, whether or not the month is assessed. Once the month has
 * ended, a case of `processes/assessment.bpmn` waits for the publication, reminds of it, and
 * becomes late when the next month has ended too.
 */
import {
  endOfPeriod,
  nextPeriod,
  periodOfAct,
  periodsBetween,
  startOfPeriod,
  talliedPeriods,
  type Period,
} from '../../measures/assessment/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { loadCasesByKey } from '../../engine/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { preparedStart, type PreparedStartDeps } from '../prepared-start.js';
import type { Using } from '../parts.js';

/** The name by which a start event of the diagram asks the program to prepare this data. */
const prepared = 'month-ended';

type EndDeps = PreparedStartDeps & Using<'database' | 'executor'>;

export const intakeKey = (period: Period): string => `公开-${period}`;

/** Months to look back after a standstill of the program; older months have their case already. */
const mostMonths = 6;

/** Ended months since the first month with a request, earliest first. */
export async function endedMonths(
  { clock }: Pick<EndDeps, 'clock'>,
  transaction: Transaction,
): Promise<readonly Period[]> {
  const [first] = (await talliedPeriods(transaction, 'live')).toSorted();
  if (first === undefined) return [];
  const now = clock.now();
  return periodsBetween(first, nextPeriod(periodOfAct(now), -1))
    .filter((period) => endOfPeriod(period) <= now)
    .slice(-mostMonths);
}

/** Opens a case for every ended month without one, once the timer of the diagram is due. */
export async function endMonths(deps: EndDeps): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const months = await endedMonths(deps, transaction);
    const known = await loadCasesByKey(transaction, months.map(intakeKey));
    const missing: Period[] = [];
    for (const period of months.filter((one) => !known.has(intakeKey(one)))) {
      const start = { process: 'assessment', prepare: prepared, from: endOfPeriod(period) };
      const at = await preparedStart(deps, transaction, start);
      if (at && at <= deps.clock.now()) missing.push(period);
    }
    if (missing.length === 0) return;
    const answers = await deps.executor.executeIn(
      transaction,
      missing.map((period) => ({
        kind: 'start',
        businessKey: intakeKey(period),
        process: 'assessment',
        message: prepared,
        realm: 'live',
        // The month's last instant, so that the first working day of the next month is the first
        // one counted.
        at: new Date(endOfPeriod(period).getTime() - 1),
        actor: '每月公开',
        variables: { period, publishBy: lastDayOf(nextPeriod(period)) },
      })),
    );
    const refusal = answers.find((answer) => answer.refusal)?.refusal;
    if (refusal) throw refusal;
  });
}

const lastDayOf = (period: Period): string =>
  civilDateOf(new Date(startOfPeriod(nextPeriod(period)).getTime() - 1));

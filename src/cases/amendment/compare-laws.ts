/**
 * Replays past cases under both laws of an amendment. This takes minutes for 100,000 cases, so it
 * is a job: it takes small batches one at a time, so that the program keeps answering, and it can
 * be repeated (docs/decisions/law.md).
 */
import { z } from 'zod';
import {
  excludedFacts,
  factKey,
  listMethodProposals,
  methodFor,
  periodOfAct,
  sampleMethod,
} from '../../measures/assessment/index.js';
import { createDueDates } from '../../calendar/index.js';
import {
  civilDateOf,
  civilDateOfDay,
  dayNumberOf,
  parseCivilDate,
  startOfDay,
} from '../../kernel/civil-date.js';
import { sourcesInForce } from '../../engine/index.js';
import { addJobs, defineJob, handled, jobOfKey, type Job } from '../../platform/jobs/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  addDifferences,
  beginComparison,
  catalogueOf,
  clearDifferences,
  comparingLaws,
  dropComparison,
  finishComparison,
  noteComparing,
  readComparison,
  type ComparisonState,
  type DutyEntry,
} from '../../law/regulation/index.js';
import { readAmendment, versionsOf, type AmendDeps } from './amend.js';
import { ratesUnderBoth } from './rates-under-both.js';
import { timerLevels } from './timer-levels.js';
import type { Using } from '../parts.js';

const comparingJob = defineJob(
  'amendment.compare',
  z.strictObject({ amendment: z.int().positive(), sha256: z.string() }),
  {
    title: '以前的工单依两部条例各办一遍',
    subject: ({ amendment }) => `第 ${amendment} 项修改`,
    attempts: 3,
  },
);

const keyOf = (amendment: number): string => `${comparingJob.name} ${amendment}`;

/** Cases per turn: some 15 ms, mostly to read the trails, so that requests are not delayed. */
const batch = 5;
const lastNumber = 2_147_483_647;
const daysOfAYear = 365;
/**
 * Differing cases per insert, and at most per comparison: a year of 100,000 cases. Further ones are
 * counted but not stored.
 */
const keptAtOnce = 200;
export const mostKept = 100_000;

/**
 * Orders a comparison and replaces an earlier one.
 *
 * @param period first and last day on which the cases began; default: the last twelve months
 * @throws {Refusal} `amendment.not-found`, `amendment.invalid`, `calendar.invalid`
 */
export async function orderComparison(
  deps: AmendDeps,
  id: number,
  period: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<void> {
  const at = deps.clock.now();
  const { firstDay, lastDay } = periodOf(period, civilDateOf(at));
  await deps.database.transaction(async (transaction) => {
    const { sha256 } = await readAmendment(deps, transaction, id);
    await beginComparison(transaction, { amendment: id, sha256, firstDay, lastDay }, at);
    addJobs(transaction, comparingJob, [{ payload: { amendment: id, sha256 }, key: keyOf(id) }]);
  });
}

function periodOf(
  { from, to }: Parameters<typeof orderComparison>[2],
  today: string,
): { readonly firstDay: string; readonly lastDay: string } {
  const wrong = (where: string, what: string, remedy: string) =>
    new Refusal('amendment.invalid', what, { where, remedy });
  const lastDay = parseCivilDate(to ?? today, 'to');
  if (lastDay > today) throw wrong('to', `${lastDay} 还没有到`, '写到今天为止，或者更早的一天');
  const first = from === undefined ? undefined : dayNumberOf(parseCivilDate(from, 'from'));
  const day = first ?? dayNumberOf(lastDay) - daysOfAYear + 1;
  if (day < 0) throw wrong('from', '1970 年以前没有工单', '从有工单的一天写起');
  const firstDay = civilDateOfDay(day);
  if (firstDay > lastDay)
    throw wrong('from', `从 ${firstDay} 起，到 ${lastDay} 为止：颠倒了`, '起的一天写得不晚于止的一天');
  return { firstDay, lastDay };
}

/**
 * Discards the results and stops a running comparison.
 *
 * @throws {Refusal} `amendment.not-found`
 */
export async function cancelComparison(
  deps: Pick<AmendDeps, 'database' | 'trail'>,
  id: number,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    await readAmendment(deps, transaction, id);
    await dropComparison(transaction, id);
  });
}

export type ComparisonStatus =
  /** No comparison was ordered for this draft. */
  | { readonly state: 'none' }
  | { readonly state: 'running' | 'made'; readonly comparison: ComparisonState }
  | { readonly state: 'failed'; readonly comparison: ComparisonState; readonly reason: string };

/** @throws {Refusal} `amendment.not-found` */
export function viewComparison(
  deps: Pick<AmendDeps, 'database' | 'trail'>,
  id: number,
): Promise<ComparisonStatus> {
  return deps.database.transaction(async (transaction) => {
    const { sha256 } = await readAmendment(deps, transaction, id);
    // The job is read first: if it ends meanwhile, its result is already stored.
    const job = await jobOfKey(transaction, keyOf(id));
    const comparison = await readComparison(transaction, id);
    if (comparison?.sha256 !== sha256) return { state: 'none' };
    if (comparison.report) return { state: 'made', comparison };
    if (!job) return { state: 'none' };
    if (!job.isFailed) return { state: 'running', comparison };
    return { state: 'failed', comparison, reason: job.error ?? '做这件事的程序中途退出了' };
  });
}

type CompareDeps = AmendDeps & Using<'calendar' | 'log'>;

export const comparisonJob = (deps: CompareDeps): Job =>
  handled(comparingJob, async (order, { signal, attempt }) => {
    try {
      await compare(deps, order, signal);
    } catch (error) {
      // The officer sees the message of a refusal; other errors get a general message.
      if (error instanceof Refusal || signal.aborted) throw error;
      deps.log.error('依两部条例比较出错', error, { ...order, attempt });
      throw new Error('程序出错，系统管理员可查日志', { cause: error });
    }
  });

async function compare(
  deps: CompareDeps,
  { amendment: id, sha256 }: { readonly amendment: number; readonly sha256: string },
  signal: AbortSignal,
): Promise<void> {
  const { database, clock } = deps;
  const asked = await database.transaction((transaction) => readComparison(transaction, id));
  // Meanwhile another comparison was ordered, this one was cancelled, or it was completed.
  if (asked?.sha256 !== sha256 || asked.report) return;
  const begun = await database.transaction(async (transaction) => {
    const of = await countBegun(transaction, asked);
    if (!(await noteComparing(transaction, asked, { done: 0, of }))) return undefined;
    await clearDifferences(transaction, id);
    return of;
  });
  if (begun === undefined) return;
  const { comparing, rates, told } = await bothLaws(deps, id);
  let found: Parameters<typeof addDifferences>[2][number][] = [];
  let [done, unread, noted, kept] = [0, 0, 0, 0];
  const keep = async (transaction: Transaction): Promise<boolean> => {
    if (!(await noteComparing(transaction, asked, { done, of: Math.max(begun, done) }))) return false;
    if (found.length > 0) await addDifferences(transaction, id, found);
    return true;
  };
  for (let last = '0'; ;) {
    signal.throwIfAborted();
    const after = last;
    const some = await database.transaction((transaction) => takeBatch(deps, transaction, asked, after));
    for (const { key, trail, excluded } of some.cases) {
      done += 1;
      if (!trail) {
        unread += 1;
        continue;
      }
      const { difference, relived } = comparing.add({ no: key, trail });
      rates.add({ no: key, trail, relived }, excluded);
      if (difference && (kept += 1) <= mostKept) found.push({ ...difference, place: done });
    }
    last = some.last ?? last;
    if (some.cases.length < batch) break;
    if (found.length < keptAtOnce && done - noted < begun / 50) continue;
    noted = done;
    if (!(await database.transaction(keep))) return;
    found = [];
  }
  await database.transaction(async (transaction) => {
    if (!(await keep(transaction))) return;
    const report = { ...comparing.told(), unread, assessed: { ...told, ...rates.told() } };
    await finishComparison(transaction, asked, report, clock.now());
  });
}

/** What the comparison uses: both laws, the calendar, the diagrams and the assessment method in force. */
async function bothLaws({ database, calendar, clock, ...deps }: CompareDeps, id: number) {
  return database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    const today = deps.laws.today();
    const contents = await versionsOf(transaction, await readAmendment(deps, transaction, id), today);
    const laws = { before: catalogueOf(contents.before), after: catalogueOf(contents.after) };
    const approved = methodFor(await listMethodProposals(transaction), periodOfAct(clock.now()), today);
    const method = approved ?? sampleMethod(today);
    return {
      comparing: comparingLaws(laws, {
        dueDates: createDueDates({ calendar: calendar.current() }),
        levelOf: await timerLevels(await sourcesInForce(transaction, clock.now())),
      }),
      rates: ratesUnderBoth(laws, method, today),
      told: { method: method.title, isSample: approved === undefined },
    };
  });
}

interface Taken {
  readonly key: string;
  /** Undefined if an entry was altered or is unreadable: nothing is computed from such a trail. */
  readonly trail: readonly DutyEntry[] | undefined;
  readonly excluded: (measure: string, opened: number) => boolean;
}

async function takeBatch(
  { trail }: CompareDeps,
  transaction: Transaction,
  { firstDay, lastDay }: ComparisonState,
  after: string,
): Promise<{ readonly cases: readonly Taken[]; readonly last: string | undefined }> {
  const cases = await transaction.query<{ id: string; key: string }>(
    `SELECT id::text AS id, business_key AS key FROM case_overview
      WHERE ${begun} AND case_overview.id > $3::bigint ORDER BY case_overview.id LIMIT $4`,
    [...between(firstDay, lastDay), after, batch],
  );
  const keys = cases.map(({ key }) => key);
  const excluded = await excludedFacts(transaction, keys);
  const entries = await trail.between(
    transaction,
    keys.map((key) => [key, 1, lastNumber] as const),
  );
  const taken = keys.map((key): Taken => {
    const all = entries.filter(({ stream }) => stream === key);
    const sound = all.filter((entry) => entry.type !== 'unread');
    return {
      key,
      trail: all.length > 0 && sound.length === all.length ? sound : undefined,
      excluded: (measure, opened) => excluded.has(factKey({ stream: key, measure, opened })),
    };
  });
  return { cases: taken, last: cases.at(-1)?.id };
}

const begun = `realm = 'live' AND started_at >= $1 AND started_at < $2`;

const between = (firstDay: string, lastDay: string): readonly [Date, Date] => [
  startOfDay(dayNumberOf(parseCivilDate(firstDay))),
  startOfDay(dayNumberOf(parseCivilDate(lastDay)) + 1),
];

async function countBegun(transaction: Transaction, { firstDay, lastDay }: ComparisonState): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM case_overview WHERE ${begun}`,
    between(firstDay, lastDay),
  );
  return row?.count ?? 0;
}

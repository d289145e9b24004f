/**
 * Past cases lived again under both laws of an amendment. Takes minutes for 100,000 cases, hence a job: small batches,
 * one at a time, so that the program goes on answering; repeatable (docs/decisions/0071-amendments.md).
 */
import { z } from 'zod';
import {
  civilDateOf,
  civilDateOfDay,
  createDueDates,
  dayNumberOf,
  parseCivilDate,
  startOfDay,
  type CalendarKeeper,
} from '../../calendar/index.js';
import { sourcesInForce } from '../../engine/index.js';
import { addJobs, defineJob, handled, jobOfKey, type Job } from '../../jobs/index.js';
import { Refusal, type Log } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import {
  beginComparison,
  catalogueOf,
  comparingLaws,
  finishComparison,
  noteComparing,
  readComparison,
  type ComparisonState,
  type DutyEntry,
} from '../../regulation/index.js';
import { levelNames } from '../replay/index.js';
import { readAmendment, versionsOf, type AmendDeps } from './amend.js';
import { timerLevels } from './timer-levels.js';

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

/** A few hundredths of a second of the program's time. */
const batch = 20;
const lastNumber = 2_147_483_647;
const daysOfAYear = 365;

/**
 * Takes the place of an earlier comparison.
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
  if (lastDay > today) throw wrong('to', `${lastDay} 还没有到`, '写到今天为止,或者更早的一天');
  const first = from === undefined ? undefined : dayNumberOf(parseCivilDate(from, 'from'));
  const day = first ?? dayNumberOf(lastDay) - daysOfAYear + 1;
  if (day < 0) throw wrong('from', '1970 年以前没有工单', '从有工单的一天写起');
  const firstDay = civilDateOfDay(day);
  if (firstDay > lastDay)
    throw wrong('from', `从 ${firstDay} 起,到 ${lastDay} 为止:颠倒了`, '起的一天写得不晚于止的一天');
  return { firstDay, lastDay };
}

export type ComparisonStatus =
  /** Never asked for, or of another draft. */
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
    // The job first: if it ends meanwhile, its result is already stored.
    const job = await jobOfKey(transaction, keyOf(id));
    const comparison = await readComparison(transaction, id);
    if (comparison?.sha256 !== sha256) return { state: 'none' };
    if (comparison.report) return { state: 'made', comparison };
    if (!job) return { state: 'none' };
    if (!job.isFailed) return { state: 'running', comparison };
    return { state: 'failed', comparison, reason: job.error ?? '做这件事的程序中途退出了' };
  });
}

interface CompareDeps extends AmendDeps {
  readonly calendar: CalendarKeeper;
  readonly log: Log;
}

export const comparisonJob = (deps: CompareDeps): Job =>
  handled(comparingJob, async (order, { signal, attempt }) => {
    try {
      await compare(deps, order, signal);
    } catch (error) {
      // Shown to the officer: other errors are replaced by a general message.
      if (error instanceof Refusal || signal.aborted) throw error;
      deps.log.error('依两部条例比较出错', error, { ...order, attempt });
      throw new Error('程序出错,系统管理员可查日志', { cause: error });
    }
  });

async function compare(
  deps: CompareDeps,
  { amendment: id, sha256 }: { readonly amendment: number; readonly sha256: string },
  signal: AbortSignal,
): Promise<void> {
  const { database, calendar, clock } = deps;
  const { asked, laws, sources } = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    const amendment = await readAmendment(deps, transaction, id);
    return {
      asked: await readComparison(transaction, id),
      laws: await versionsOf(transaction, amendment),
      sources: await sourcesInForce(transaction, clock.now()),
    };
  });
  // Another one was asked for, or it has been made.
  if (asked?.sha256 !== sha256 || asked.report) return;
  const names = levelNames();
  const comparing = comparingLaws(
    { before: catalogueOf(laws.before), after: catalogueOf(laws.after) },
    {
      dueDates: createDueDates({ calendar: calendar.current() }),
      levelOf: await timerLevels(sources),
      levelName: (level) => names.get(level) ?? level,
    },
  );
  const of = await database.transaction((transaction) => countBegun(transaction, asked));
  let [done, unread, told] = [0, 0, 0];
  for (let last = '0'; ;) {
    signal.throwIfAborted();
    const after = last;
    const some = await database.transaction((transaction) => takeBatch(deps, transaction, asked, after));
    for (const { key, trail } of some) {
      if (trail) comparing.add({ no: key, trail });
      else unread += 1;
    }
    done += some.length;
    last = some.at(-1)?.id ?? last;
    if (some.length < batch) break;
    if (done - told < of / 50) continue;
    told = done;
    await database.transaction((transaction) => noteComparing(transaction, asked, { done, of }));
  }
  const report = { ...comparing.told(), unread };
  await database.transaction((transaction) => finishComparison(transaction, asked, report, clock.now()));
}

/** Numbers and trails; without a trail where an entry was altered or is unreadable: of it nothing is computed. */
async function takeBatch(
  { trail }: CompareDeps,
  transaction: Transaction,
  { firstDay, lastDay }: ComparisonState,
  after: string,
): Promise<
  { readonly id: string; readonly key: string; readonly trail: readonly DutyEntry[] | undefined }[]
> {
  const cases = await transaction.query<{ id: string; key: string }>(
    `SELECT id::text AS id, business_key AS key FROM case_overview
      WHERE ${begun} AND case_overview.id > $3::bigint ORDER BY case_overview.id LIMIT $4`,
    [...between(firstDay, lastDay), after, batch],
  );
  const entries = await trail.between(
    transaction,
    cases.map(({ key }) => [key, 1, lastNumber] as const),
  );
  return cases.map(({ id, key }) => {
    const all = entries.filter(({ stream }) => stream === key);
    const sound = all.filter((entry) => entry.type !== 'unread');
    return { id, key, trail: all.length > 0 && sound.length === all.length ? sound : undefined };
  });
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

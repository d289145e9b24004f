/** Erases expired data, in batches with one transaction and entry each; resumable. */
import { subMonths } from 'date-fns/subMonths';
import { TZDate } from '@date-fns/tz';
import type { EntryType, Trail } from '../../accountability/index.js';
import { civilDateOf, dayNumberOf, startOfDay } from '../../kernel/civil-date.js';
import { countExpired, deleteExpired, type Transaction } from '../../platform/database/index.js';
import { dataClasses, type CaseClass, type DataClass, type RowClass } from './classes.js';
import { countEnded, endedCases } from './store/expired-rows.js';
import { restingOn } from '../../kernel/law.js';
import type { Using } from '../parts.js';

export type RetentionDeps = Using<'clock' | 'database' | 'executor' | 'laws' | 'policies' | 'trail'>;

/** A class with the retention rule in force. */
export interface Expiry {
  readonly one: DataClass;
  /** ISO 8601 duration, for example P36M. */
  readonly keep: string;
  /** Older data have expired; the start of a day in Shanghai. */
  readonly before: Date;
}

/** Cases or rows erased by one run. */
export interface Erased extends Expiry {
  readonly count: number;
}

export const stream = 'retention';
const casesAtOnce = 100;
const rowsAtOnce = 5000;

export async function expiries({
  database,
  clock,
  policies,
}: Pick<RetentionDeps, 'database' | 'clock' | 'policies'>): Promise<readonly Expiry[]> {
  await database.transaction((transaction) => policies.refresh(transaction));
  const now = clock.now();
  const inForce = policies.at(now);
  return dataClasses.map((one) => {
    const keep = inForce.value(one.policy) ?? '';
    return { one, keep, before: startOfRun(now, Number(/^P(\d+)M$/.exec(keep)?.[1] ?? Number.NaN)) };
  });
}

/** Start of the day n months ago; data of that day itself stay until tomorrow. */
function startOfRun(now: Date, months: number): Date {
  const day = subMonths(new TZDate(now.getTime(), 'Asia/Shanghai'), months);
  return startOfDay(dayNumberOf(civilDateOf(new Date(day.getTime()))));
}

/** Counts expired data in one snapshot. */
export async function expired(deps: RetentionDeps): Promise<readonly Erased[]> {
  const due = await expiries(deps);
  return deps.database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const counted: Erased[] = [];
    for (const expiry of due) counted.push({ ...expiry, count: await countOf(transaction, expiry) });
    return counted;
  });
}

async function countOf(transaction: Transaction, { one, before }: Expiry): Promise<number> {
  if (one.kind === 'case') return countEnded(transaction, one, before);
  let count = 0;
  for (const table of one.tables) count += await countExpired(transaction, table, before);
  return count;
}

/**
 * @param actor a person, or the daily job
 * @returns what was erased per class; also recorded as the last entry of the stream `retention`
 */
export async function runRetention(deps: RetentionDeps, actor: string): Promise<readonly Erased[]> {
  const erased: Erased[] = [];
  for (const expiry of await expiries(deps)) {
    const { one } = expiry;
    const count =
      one.kind === 'case'
        ? await eraseOfCases(deps, { ...expiry, one }, actor)
        : await eraseRows(deps, { ...expiry, one }, actor);
    erased.push({ ...expiry, count });
  }
  const counts = Object.fromEntries(erased.map(({ one, count }) => [one.key, count]));
  await enter(deps, 'retention.ran', {
    actor,
    erased: counts,
    provisions: restingOn('callers-data', deps.laws.today()),
  });
  return erased;
}

async function eraseOfCases(
  { database, clock, executor, laws }: RetentionDeps,
  { one, keep, before }: Expiry & { readonly one: CaseClass },
  actor: string,
): Promise<number> {
  const batch = async (transaction: Transaction): Promise<number> => {
    const cases = await endedCases(transaction, one, before, casesAtOnce);
    const at = clock.now();
    const commands = [];
    for (const { id, no } of cases) {
      const body = await one.erase(transaction, no, at, laws.today());
      if (body === undefined) continue;
      const rule = { policy: one.policy, keep };
      commands.push({
        kind: 'amend' as const,
        caseId: id,
        at,
        type: one.entry,
        body: { ...body, ...rule },
        actor,
      });
    }
    for (const { refusal } of await executor.executeIn(transaction, commands)) if (refusal) throw refusal;
    return cases.length;
  };
  return inBatches(casesAtOnce, () => database.transaction(batch));
}

async function eraseRows(
  deps: RetentionDeps,
  { one, keep, before }: Expiry & { readonly one: RowClass },
  actor: string,
): Promise<number> {
  let count = 0;
  for (const table of one.tables)
    count += await inBatches(rowsAtOnce, () =>
      deps.database.transaction(async (transaction) => {
        const rows = await deleteExpired(transaction, table, before, rowsAtOnce);
        const rule = { policy: one.policy, keep, before: before.toISOString() };
        const body = {
          actor,
          class: one.key,
          rows,
          ...rule,
          provisions: restingOn('callers-data', deps.laws.today()),
        };
        if (rows > 0) await append(deps, transaction, 'data.erased', body);
        return rows;
      }),
    );
  return count;
}

async function inBatches(most: number, batch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await batch();
    total += count;
    if (count < most) return total;
  }
}

type EntryBody = Parameters<Trail['append']>[1][number]['body'];

const append = (
  { trail, clock }: RetentionDeps,
  transaction: Transaction,
  type: EntryType,
  body: EntryBody,
): Promise<unknown> => trail.append(transaction, [{ stream, type, at: clock.now(), body }]);

const enter = (deps: RetentionDeps, type: EntryType, body: EntryBody): Promise<unknown> =>
  deps.database.transaction((transaction) => append(deps, transaction, type, body));

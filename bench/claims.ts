/**
 * Cost of claiming a due deadline with few and with very many open, in the program and by the statement alone; and cost
 * of the query when nothing is due.
 */
import { createClaims } from '#src/engine/store/claims.js';
import { systemClock } from '#src/kernel/index.js';
import type { Transaction } from '#src/platform/database/index.js';
import type { City } from './city.js';
import { openCases } from './open-cases.js';
import { median, rounded, table } from './table.js';

const batch = 200;
/** Claims are never committed: each starts at the first due deadline. */
const { claim } = createClaims(systemClock);
const rounds = 50;

/** @param dispatched earlier than all others, so that only these cases fall due next */
export async function measured(city: City, dispatched: Date): Promise<readonly string[]> {
  await openCases(city.system.executor, { count: 1000, prefix: dispatched.toISOString(), at: dispatched });
  const open = await city.open();
  const now = await city.nextDue();
  city.clock.moveTo(now);
  const claimed = await timed(city, (transaction) => claim(transaction, now, batch));
  const bare = await timed(city, await bareClaim(now));
  const before = new Date(now.getTime() - 1);
  const idle = await timed(city, (transaction) => claim(transaction, before, batch));
  const from = process.hrtime.bigint();
  const fired = await city.fireAll();
  const all = Number(process.hrtime.bigint() - from) / 1e3;
  return [
    rounded(open),
    rounded(claimed / batch, 1),
    rounded(bare / batch, 1),
    rounded(all / fired),
    rounded(idle),
  ];
}

export function report(rows: readonly (readonly string[])[]): void {
  table(
    'Claiming what is due',
    [
      'open deadlines',
      'claim, µs a deadline',
      'same statement by bare pg, µs a deadline',
      'claimed, fired and recorded, µs a deadline',
      'asked when nothing is due, µs',
    ],
    rows,
  );
}

/** The program's own statement, without processing its result. */
async function bareClaim(now: Date): Promise<(transaction: Transaction) => Promise<unknown>> {
  let bare: ((transaction: Transaction) => Promise<unknown>) | undefined;
  const overheard: Pick<Transaction, 'prepared' | 'afterCommit'> = {
    afterCommit: () => undefined,
    prepared: (name, sql, parameters) => {
      bare = (transaction) => transaction.prepared(name, sql, parameters);
      return Promise.resolve([]);
    },
  };
  await claim(overheard as Transaction, now, batch);
  if (!bare) throw new Error('claiming asked the database nothing');
  return bare;
}

class LetGo extends Error {}

/** Median µs of many rounds; claims are rolled back, so that each round claims the same. */
async function timed(city: City, work: (transaction: Transaction) => Promise<unknown>): Promise<number> {
  const microseconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const claimed = city.system.database.transaction(async (transaction) => {
      await transaction.query('SELECT 1');
      const from = process.hrtime.bigint();
      await work(transaction);
      microseconds.push(Number(process.hrtime.bigint() - from) / 1e3);
      throw new LetGo();
    });
    await claimed.catch((error: unknown) => {
      if (!(error instanceof LetGo)) throw error;
    });
  }
  return median(microseconds);
}

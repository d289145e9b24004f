/** One database that grows to a city's number of open deadlines, for the measurements that need many. */
import { deployShipped } from '#src/casework/index.js';
import { movableClock } from '#src/kernel/index.js';
import { openSystem, type System } from '#src/main.js';
import { openCases, deadlinesPerCase } from './open-cases.js';
import type { BenchServer } from './postgres.js';

export interface City {
  readonly name: string;
  readonly url: string;
  readonly system: System;
  readonly clock: ReturnType<typeof movableClock>;
  /** Live deadlines that are open now. */
  open(): Promise<number>;
  /** Opens cases until `deadlines` are open, none of which falls due before all that is measured is over. */
  growTo(deadlines: number): Promise<void>;
  /** The instant at which the next deadline falls due. */
  nextDue(): Promise<Date>;
  /** Fires all that is due by the clock; answers in how many steps of cases. */
  fireAll(): Promise<number>;
}

/** Later than everything that is measured. */
const later = new Date('2026-06-01T10:00:00+08:00');

/** @param fresh when the cases that it grows by are dispatched; its clock stands there at first */
export async function openCity(server: BenchServer, name = 'city', fresh = later): Promise<City> {
  const url = await server.database(name);
  const clock = movableClock(fresh);
  const system = await openSystem({ clock, applicationName: 'bench', url });
  await deployShipped(system);
  const ask = async <Answer>(sql: string): Promise<Answer> => {
    const [row] = await system.database.transaction((transaction) =>
      transaction.query<{ answer: Answer }>(sql),
    );
    if (!row) throw new Error('the database answered no row');
    return row.answer;
  };
  const open = () => ask<number>("SELECT count(*)::int AS answer FROM hotline.deadline WHERE realm = 'live'");
  return {
    name,
    url,
    system,
    clock,
    open,
    growTo: async (deadlines) => {
      const before = await open();
      const count = Math.ceil((deadlines - before) / deadlinesPerCase);
      await openCases(system.executor, { count, prefix: `fresh-${before}`, at: fresh });
    },
    nextDue: () => ask<Date>("SELECT min(claim_at) AS answer FROM hotline.deadline WHERE realm = 'live'"),
    fireAll: async () => {
      let fired = 0;
      for (let last = 1; last > 0; fired += last) last = await system.executor.fireDue(200);
      return fired;
    },
  };
}

/** A database that grows to a city's number of open deadlines. */
import { deployShipped } from '#src/cases/index.js';
import { movableClock } from '#src/kernel/index.js';
import { openSystem, type System } from '#src/main.js';
import { openCases, deadlinesPerCase } from './open-cases.js';
import type { BenchServer } from './postgres.js';

export interface City {
  readonly name: string;
  readonly url: string;
  readonly system: System;
  readonly clock: ReturnType<typeof movableClock>;
  /** Open live deadlines. */
  open(): Promise<number>;
  /** Opens cases until `deadlines` are open; none of them falls due before the measurements end. */
  growTo(deadlines: number): Promise<void>;
  /** The next due instant. */
  nextDue(): Promise<Date>;
  /** Fires everything due; returns the number of steps. */
  fireAll(): Promise<number>;
}

/** An instant after everything that is measured. */
const later = new Date('2026-06-01T10:00:00+08:00');

/** @param fresh dispatch of the added cases, and first position of its clock */
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

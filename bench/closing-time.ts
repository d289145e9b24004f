/**
 * A city's closing time, 24:00 of one working day: a tenth of all open deadlines fall due at once:
 * return limits, reminders, yellow cards, reply limits and red cards. Programs whose clocks reach
 * that hour fire them. Each deadline must fire once, and the chains must be valid.
 */
import type { ChildProcess } from 'node:child_process';
import pg from 'pg';
import { createTrail } from '#src/accountability/index.js';
import { createVault, newKeyRing } from '#src/identity/index.js';
import { systemClock } from '#src/kernel/index.js';
import { createLawKeeper } from '#src/law/regulation/index.js';
import { openDatabase } from '#src/platform/database/index.js';
import { createPrograms } from '../test/support/escalation.js';
import type { City } from './city.js';
import { cpuSecondsOf, serverCpuSeconds } from './cpu.js';
import { openCases } from './open-cases.js';
import type { BenchServer } from './postgres.js';
import { median, rounded, table } from './table.js';

/** Dispatched on these four days, the cases have five deadlines that fall due at one closing time. */
const dispatched = ['2026-05-11', '2026-05-12', '2026-05-13', '2026-05-14'].map(
  (date) => new Date(`${date}T10:00:00+08:00`),
);
const closing = new Date('2026-05-19T00:00:00+08:00');

/** Opens the cases and fires everything due earlier. */
export async function prepare(city: City, due: number): Promise<void> {
  for (const at of dispatched) {
    await openCases(city.system.executor, { count: due / 5, prefix: at.toISOString(), at });
  }
  await catchUp(city);
}

export async function catchUp(city: City): Promise<void> {
  city.clock.moveTo(new Date(closing.getTime() - 1));
  await city.fireAll();
}

/** Works on copies of the city, which must be closed. */
export async function run(server: BenchServer, cityName: string): Promise<void> {
  const rows: (readonly string[])[] = [];
  for (const processes of [1, 2]) {
    const url = await server.copy(cityName, `closing_${processes}`);
    rows.push([`${processes}`, ...(await workedOff(url, processes))]);
  }
  table(
    'One closing time',
    [
      'processes',
      'deadlines due',
      'seconds until all are fired',
      'deadlines/s',
      'CPU s of the programs',
      'CPU s of PostgreSQL',
      'ms a round, first tenth',
      'last tenth',
    ],
    rows,
  );
}

async function workedOff(url: string, processes: number): Promise<readonly string[]> {
  const watcher = new pg.Client({ connectionString: url });
  await watcher.connect();
  try {
    // As in a running city: vacuumed, analysed, with warm caches.
    await watcher.query('VACUUM ANALYZE');
    const due = await dueNow(watcher);
    const total = sum([...due.values()]);
    const { rows } = await watcher.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? 0;
    const result = await struck(url, processes, backend, async () => (await dueNow(watcher)).size === 0);
    await verify(watcher, url, due);
    return [
      rounded(total),
      rounded(result.seconds, 1),
      rounded(total / result.seconds),
      rounded(result.programs, 1),
      rounded(result.server, 1),
      rounded(result.first),
      rounded(result.last),
    ];
  } finally {
    await watcher.end();
  }
}

/** Runs from the closing time until nothing is due; the programs have been waiting for it. */
async function struck(url: string, processes: number, backend: number, isDone: () => Promise<boolean>) {
  const lead = 15_000;
  const started = systemClock.now().getTime();
  const programs = createPrograms({
    url,
    applicationName: 'bench',
    batch: 200,
    clock: {
      origin: new Date(started).toISOString(),
      from: new Date(closing.getTime() - lead).toISOString(),
      to: closing.toISOString(),
      speed: 1,
    },
  });
  const reports = programs.reports();
  try {
    const running = await Promise.all(Array.from({ length: processes }, () => programs.start()));
    const strike = started + lead;
    if (systemClock.now().getTime() > strike) throw new Error('the programs were not ready in time');
    const cpu = () => ({
      programs: sum(running.map(pidOf).map(cpuSecondsOf)),
      server: serverCpuSeconds(backend),
    });
    const before = cpu();
    const rounds: number[] = [];
    for await (const report of reports) {
      if (report.kind === 'failed') throw new Error(report.message);
      if (report.kind !== 'round') continue;
      if (report.advanced > 0) rounds.push(report.milliseconds);
      else if (report.clockAtEnd && (await isDone())) break;
    }
    const seconds = (systemClock.now().getTime() - strike) / 1000;
    const after = cpu();
    const tenth = Math.ceil(rounds.length / 10);
    return {
      seconds,
      programs: after.programs - before.programs,
      server: after.server - before.server,
      first: median(rounds.slice(0, tenth)),
      last: median(rounds.slice(-tenth)),
    };
  } finally {
    await programs.stop();
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const pidOf = (child: ChildProcess): number => child.pid ?? 0;

/** Due at the closing time, by element. */
async function dueNow(watcher: pg.Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await watcher.query<{ element: string; count: string }>(
    "SELECT element, count(*) FROM hotline.deadline WHERE realm = 'live' AND claim_at <= $1 GROUP BY element",
    [closing],
  );
  return new Map(rows.map(({ element, count }) => [element, Number(count)]));
}

/** Checks that every due deadline has fired once, and that the chains of a sample are valid. */
async function verify(watcher: pg.Client, url: string, due: ReadonlyMap<string, number>): Promise<void> {
  const { rows } = await watcher.query<{ element: string; fired: string; cases: string }>(
    `SELECT convert_from(body, 'UTF8')::json->>'of' AS element, count(*) AS fired, count(DISTINCT stream) AS cases
       FROM hotline.trail_entry WHERE type = 'timer.fired' AND at = $1 GROUP BY 1`,
    [closing],
  );
  const wrong = rows.filter(
    ({ element, fired, cases }) => fired !== cases || Number(fired) !== due.get(element),
  );
  if (wrong.length > 0 || rows.length !== due.size) throw new Error(`not once each: ${JSON.stringify(rows)}`);
  const database = await openDatabase({ applicationName: 'bench', url });
  const trail = createTrail(createVault(newKeyRing()), createLawKeeper(systemClock).laws);
  await database.transaction(async (transaction) => {
    const sample = await transaction.query<{ stream: string }>(
      'SELECT stream FROM hotline.trail_entry WHERE at = $1 GROUP BY stream ORDER BY md5(stream) LIMIT 500',
      [closing],
    );
    for (const { stream } of sample) {
      if (!(await trail.verify(transaction, stream)).holds)
        throw new Error(`the chain of ${stream} is broken`);
    }
  });
  await database.close();
}

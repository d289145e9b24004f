/**
 * A year of 3,600,000 sheets over 90 units: closing a month, opening the dashboards, recomputing
 * from the trail.
 *
 * Facts and sums of the year are inserted in bulk, nine facts per sheet, as following the trail
 * would have left them: closing and viewing read nothing else. The trail of 3,600,000 sheets would
 * take 50 GB and most of an hour, so recomputing is measured on `BENCH_TRAIL_SHEETS` of one month,
 * or of the twelve of a year (`BENCH_TRAIL_MONTHS`).
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { sequence } from '#src/accountability/index.js';
import {
  followTrail,
  nextPeriod,
  periodOfAct,
  sampleMethod,
  startOfPeriod,
  type Period,
} from '#src/measures/assessment/index.js';
import { closePeriod, deployShipped, proposeMethod, ruleMethod } from '#src/cases/index.js';
import { movableClock, systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { somebody } from '../test/support/people.js';
import { measurePages, pageColumns } from './concurrent-users.js';
import { fillMonths } from './many-cases.js';
import { signedIn } from './many-sheets.js';
import { benchServer } from './postgres.js';
import type { RecomputedMonth } from './recompute-worker.js';
import { median, rounded, table } from './table.js';

const sheetsOfMonth = Number(process.env['BENCH_SHEETS'] ?? 3_600_000) / 12;
/** A city's month has 300,000, whose trails take five minutes to a quarter of an hour to make. */
const trailSheets = Number(process.env['BENCH_TRAIL_SHEETS'] ?? 10_000);
const trailMonths = Number(process.env['BENCH_TRAIL_MONTHS'] ?? 1);
/** Concurrent programs, each recomputing a month. */
const programs = Number(process.env['BENCH_PROGRAMS'] ?? 1);
const unitCount = 90;
const users = Number(process.env['BENCH_USERS'] ?? 10);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);
/** 0 only fills the databases, for a later run with the same `BENCH_DATA`. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 1);

const last = nextPeriod(periodOfAct(systemClock.now()), -1);
const months = Array.from({ length: 12 }, (_, back) => nextPeriod(last, back - 11));

export async function run(): Promise<void> {
  const server = await benchServer(process.env['BENCH_DATA'], { shared_buffers: '4GB' });
  const keys = join(server.directory, 'bench-keys');
  try {
    await mkdir(keys, { recursive: true });
    const url = await server.filled(`assessment_${sheetsOfMonth}`, (fresh) => fill(fresh, keys));
    const trails = await server.filled(`assessment_trail_${trailMonths}_${trailSheets}`, async (url) => {
      const began = performance.now();
      const made = await fillMonths({ url, directory: keys }, months.slice(-trailMonths), trailSheets);
      console.log(
        `trails of ${rounded(made)} sheets made in ${rounded((performance.now() - began) / 1000)} s`,
      );
    });
    if (rounds === 0) return;
    await closings(url, keys);
    await dashboards(url, keys);
    await recomputed(trails, keys);
  } finally {
    await server.stop();
  }
}

const opened = (
  url: string,
  directory: string,
  clock: Parameters<typeof openSystem>[0]['clock'] = systemClock,
) => openSystem({ clock, applicationName: 'bench assessment', url, directory });

async function fill(url: string, directory: string): Promise<void> {
  const began = performance.now();
  const clock = movableClock(startOfPeriod(months[0] ?? last));
  const system = await opened(url, directory, clock);
  try {
    await deployShipped(system);
    await system.identity.setup.samplePeople();
    const content = {
      ...sampleMethod(system.laws.today()),
      groups: [{ key: 'all', label: '全部', unitKinds: ['department' as const], units: [] }],
    };
    const order = { content, effectiveFrom: months[0] ?? last, reason: '测量' };
    const { id } = await proposeMethod(system, order, somebody('jia', '甲（jia）'));
    const approval = { decision: 'approve', reason: '测量', document: '测量' } as const;
    await ruleMethod(system, id, approval, somebody('yi', '乙（yi）'));
    for (let number = 1; number <= unitCount; number++) {
      await system.identity.people.addUnit({ name: `第${number}承办单位`, kind: 'department' }, '测量');
    }
    await inBulk(url);
    await followed(system);
  } finally {
    await system.close();
  }
  console.log(
    `${rounded(sheetsOfMonth * 12)} sheets' facts made in ${rounded((performance.now() - began) / 1000)} s`,
  );
}

/** Indexes are created afterwards, as in a bulk load. */
async function inBulk(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query(
      "SET search_path = hotline; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off",
    );
    const { rows: indexes } = await owner.query<{ name: string; def: string }>(
      `SELECT indexname AS name, indexdef AS def FROM pg_indexes WHERE schemaname = 'hotline'
        AND tablename = 'assessment_fact' AND indexname <> 'assessment_fact_pkey'`,
    );
    for (const { name } of indexes) await owner.query(`DROP INDEX ${name}`);
    await owner.query('ALTER TABLE assessment_fact DROP CONSTRAINT assessment_fact_pkey');
    for (const period of months) {
      await owner.query(
        `INSERT INTO assessment_fact
         (realm, stream, measure, opened, decided, at, period, unit, met, excluded, round, kind, area, district)
       SELECT 'live', $1::text || '-' || lpad(n::text, 6, '0'), m.name, m.opened, m.opened + 2,
              $2::timestamptz + n * (interval '27 days' / $3::int) + m.opened * interval '1 hour', $1,
              CASE WHEN m.name = 'accepted' THEN '' ELSE '第' || 1 + n % ${unitCount} || '承办单位' END,
              m.name = 'accepted' OR (n::bigint * 7919 + m.opened * 104729) % 100 < m.share, false, 1,
              (ARRAY['consultation', 'help', 'suggestion', 'complaint', 'report'])[1 + n % 5],
              'L' || n % 23, '第' || n % 12 || '区县'
         FROM generate_series(1, $3::int) AS n,
              (VALUES ('accepted', 1, 100), ('reception', 3, 98), ('returned', 4, 5), ('reply', 5, 96),
                      ('completion', 6, 94), ('satisfaction', 7, 90), ('resolution', 8, 85), ('rework', 9, 6),
                      ('supervised', 10, 4)) AS m (name, opened, share)`,
        [period, startOfPeriod(period), sheetsOfMonth],
      );
    }
    const sums = (keys: string) =>
      `SELECT ${keys}, count(*) FILTER (WHERE met), count(*) FROM assessment_fact GROUP BY ${keys}`;
    await owner.query(`INSERT INTO assessment_tally ${sums('realm, period, unit, measure, kind')}`);
    await owner.query(`INSERT INTO assessment_spread ${sums('realm, period, measure, district, area')}`);
    await owner.query('ALTER TABLE assessment_fact ADD PRIMARY KEY (stream, measure, opened)');
    for (const { def } of indexes) await owner.query(def);
    await owner.query('VACUUM ANALYZE');
  } finally {
    await owner.end();
  }
}

type System = Awaited<ReturnType<typeof opened>>;

async function followed({ database, catalogues }: System): Promise<void> {
  await sequence(database);
  while ((await followTrail(database, catalogues)) > 0);
}

/** Once per database: a closed month stays closed. */
async function closings(url: string, directory: string): Promise<void> {
  const system = await opened(url, directory);
  try {
    const took: number[] = [];
    for (const period of months) {
      await followed(system);
      const began = performance.now();
      const closed = await closePeriod(system, { realm: 'live', period, actor: '测量' }).then(
        () => true,
        () => false,
      );
      if (closed) took.push(performance.now() - began);
    }
    if (took.length === 0) return;
    table(
      'Closing a month',
      ['sheets a month', 'units', 'months', 'ms, median', 'longest'],
      [[rounded(sheetsOfMonth), unitCount, took.length, rounded(median(took)), rounded(Math.max(...took))]],
    );
  } finally {
    await system.close();
  }
}

async function dashboards(url: string, directory: string): Promise<void> {
  const system = await opened(url, directory);
  const headers = await signedIn(system, 'kaohe').finally(() => system.close());
  const worker = fork(join(import.meta.dirname, 'http-worker.ts'), [url, directory], {
    execArgv: ['--import', 'tsx'],
  });
  const [address] = (await once(worker, 'message')) as [string];
  const unit = encodeURIComponent('第7承办单位');
  const pages = [
    ['all months: the trend', '/api/assessments'],
    ["one unit's trend", `/api/assessments?unit=${unit}`],
    ['a closed month: scores, ranks, run', `/api/assessments/${last}`],
    ['a month that runs', `/api/assessments/${nextPeriod(last)}`],
    ['districts by kinds', `/api/assessments/${last}/spread?measure=accepted`],
    ["a number's sheets", `/api/assessments/${last}/facts?measure=reply&unit=${unit}&limit=100`],
    ["the city's number: its sheets", `/api/assessments/${last}/facts?measure=reply&limit=100`],
  ] as const;
  const rows = await measurePages(address, pages, { headers, users, seconds }).finally(() => ended(worker));
  table(`Dashboards, ${users} users at once`, pageColumns, rows);
}

async function recomputed(url: string, directory: string): Promise<void> {
  const found: RecomputedMonth[] = [];
  const waiting = months.slice(-trailMonths);
  const program = async (): Promise<void> => {
    for (let month = waiting.shift(); month; month = waiting.shift()) {
      const one = await recomputedMonth(url, directory, month);
      console.log(
        `${month}: ${rounded(one.sheets)} sheets, ${rounded(one.seconds)} s, ${one.differences} differences`,
      );
      found.push(one);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: programs }, program));
  const took = (performance.now() - began) / 1000;
  const sum = (of: (one: RecomputedMonth) => number): number => found.reduce((all, one) => all + of(one), 0);
  const sheets = sum((one) => one.sheets);
  table(
    `Recomputing from the trail, a program a month, ${programs} at a time`,
    [
      'months',
      'sheets read',
      'facts',
      'differences',
      'seconds',
      'longest month',
      'sheets/s',
      'most memory, MiB',
    ],
    [
      [
        found.length,
        rounded(sheets),
        rounded(sum((one) => one.facts)),
        sum((one) => one.differences),
        rounded(took, 1),
        rounded(Math.max(...found.map((one) => one.seconds)), 1),
        rounded(sheets / took),
        rounded(Math.max(...found.map((one) => one.megabytes))),
      ],
    ],
  );
}

/** In a separate program, to measure its memory. */
async function recomputedMonth(url: string, directory: string, month: Period): Promise<RecomputedMonth> {
  const child = fork(join(import.meta.dirname, 'recompute-worker.ts'), [url, directory, month], {
    execArgv: ['--import', 'tsx'],
  });
  const [found] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [
    RecomputedMonth | number,
  ];
  if (typeof found === 'number') throw new Error('recomputing failed');
  return found;
}

async function ended(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.disconnect();
  await gone;
}

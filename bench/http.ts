/**
 * Response times for fifty concurrent users, with ten thousand sheets and with a million: worklist, case page, all work
 * orders, search, board; and new sheets per second.
 *
 * Both databases are on one server, with a program each. Questions alternate between them, round after round, so that
 * other load affects both. Fifty users who repeat at once keep both cores busy and mostly wait for each other, so the
 * CPU per answer is reported, too.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { cpuSecondsOf, serverCpuSeconds } from './cpu.js';
import { load, questions, readMessages, type Question } from './http-questions.js';
import { askersOf, fill, type Askers, type Message } from './many-sheets.js';
import { benchServer, type BenchServer } from './postgres.js';
import { median, rounded, table } from './table.js';

const most = Number(process.env['BENCH_SHEETS'] ?? 1_000_000);
const users = Number(process.env['BENCH_USERS'] ?? 50);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
/** 0 only fills the databases, for a later run with the same `BENCH_DATA`. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const asked = process.env['BENCH_QUESTIONS']?.split(';');

interface Place {
  readonly sheets: number;
  readonly address: string;
  readonly worker: ChildProcess;
  readonly askers: Askers;
}

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly rate: number;
  /** Milliseconds per answer. */
  readonly programCpu: number;
  readonly serverCpu: number;
  readonly failed: number;
}

export async function run(): Promise<void> {
  // Sized as on a machine for a million sheets: with 128 MB only the small database would fit.
  const server = await benchServer(process.env['BENCH_DATA'], { shared_buffers: '4GB' });
  const messages = readMessages();
  const keys = join(server.directory, 'bench-keys');
  const places: Place[] = [];
  try {
    await mkdir(keys, { recursive: true });
    const seeds: { sheets: number; url: string }[] = [];
    for (const sheets of [10_000, most]) {
      seeds.push({ sheets, url: await seeded(server, keys, sheets, messages) });
    }
    if (rounds === 0) return;
    for (const { sheets, url } of seeds) places.push(await opened(url, keys, sheets));
    await measured(seeds[0]?.url ?? '', places, messages);
  } finally {
    for (const { worker } of places) await ended(worker);
    await server.stop();
  }
}

async function seeded(
  server: BenchServer,
  directory: string,
  sheets: number,
  messages: readonly Message[],
): Promise<string> {
  return server.filled(`http_${sheets}`, async (url) => {
    const began = performance.now();
    const open = sheets / 10;
    await fill({ url, directory, open, ended: sheets - open }, messages);
    console.log(`${rounded(sheets)} sheets made in ${rounded((performance.now() - began) / 1000)} s`);
  });
}

async function opened(url: string, directory: string, sheets: number): Promise<Place> {
  const askers = await askersOf({ url, directory });
  const worker = fork(join(import.meta.dirname, 'http-worker.ts'), [url, directory], {
    execArgv: ['--import', 'tsx'],
  });
  const [address] = (await once(worker, 'message')) as [string];
  return { sheets, address, worker, askers };
}

async function measured(url: string, places: readonly Place[], messages: readonly Message[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const backend = rows[0]?.pid ?? 0;
  const told: string[][] = [];
  for (const question of questions) {
    if (asked && !asked.includes(question)) continue;
    const found = places.map((place) => ({ place, rounds: [] as Round[] }));
    // Runs until the larger database's hot pages are cached, as on a running server.
    for (const { place } of found)
      await load(question, { url: place.address, users, seconds: 4 * seconds }, place.askers, messages);
    for (let round = 0; round < rounds; round++) {
      // Alternates which one is asked first.
      for (const one of round % 2 === 0 ? found : [...found].reverse()) {
        one.rounds.push(await oneRound(question, one.place, backend, messages));
      }
    }
    const [smallest = Number.NaN] = found.map(({ rounds }) => median(rounds.map(({ p50 }) => p50)));
    for (const { place, rounds } of found) told.push(rowOf(question, place, rounds, smallest));
    console.error(told.slice(-found.length).join('\n'));
  }
  await client.end();
  table(`The interface, ${users} users at once`, head, told);
}

const head = [
  'question',
  'sheets',
  'ms, p50',
  'ms, p99',
  'p50 against 10,000',
  'answers/s',
  'CPU ms an answer, program',
  'PostgreSQL',
  'other than 2xx',
];

function rowOf(question: Question, { sheets }: Place, rounds: readonly Round[], smallest: number): string[] {
  const of = (figure: keyof Round): number => median(rounds.map((round) => round[figure]));
  return [
    question,
    rounded(sheets),
    rounded(of('p50')),
    rounded(of('p99')),
    rounded(of('p50') / smallest, 2),
    rounded(of('rate')),
    rounded(of('programCpu'), 1),
    rounded(of('serverCpu'), 1),
    rounded(rounds.reduce((sum, { failed }) => sum + failed, 0)),
  ];
}

async function oneRound(
  question: Question,
  { address, worker, askers }: Place,
  backend: number,
  messages: readonly Message[],
): Promise<Round> {
  // Until the program answers again, work of the last load is still pending.
  await fetch(`${address}/readyz`);
  const before = { program: cpuSecondsOf(worker.pid ?? 0), server: serverCpuSeconds(backend) };
  const { latency, requests, non2xx, errors } = await load(
    question,
    { url: address, users, seconds },
    askers,
    messages,
  );
  const each = (now: number, then: number): number => (1000 * (now - then)) / requests.total;
  return {
    p50: latency.p50,
    p99: latency.p99,
    rate: requests.average,
    programCpu: each(cpuSecondsOf(worker.pid ?? 0), before.program),
    serverCpu: each(serverCpuSeconds(backend), before.server),
    failed: non2xx + errors,
  };
}

async function ended(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.disconnect();
  await gone;
}

/**
 * Runs made-up cases to their end on a checkout's executor, or fires what falls due in cases that nobody acts
 * on, on an embedded PostgreSQL of its own with durable settings.
 * Everything measured comes from the checkout's `dist`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Replayed } from '#src/cases/replay/simulate.js';
import { madeUpMessages } from '../test/support/messages.js';
import { cpuSeconds, cpuSecondsOfServer, serverOf } from './cpu.js';
import { openCases } from './open-cases.js';

export interface Order {
  readonly does: 'steps' | 'timers';
  /** Distinguishes the cases of this round. */
  readonly name: string;
  readonly cases: number;
  /** Cases per transaction. */
  readonly batch: number;
  /** Concurrent batches. */
  readonly underWay: number;
}

export interface Report {
  /** Steps or timers per second; each writes one trail entry. */
  readonly rate: number;
  /** CPU µs of one. */
  readonly programCpu: number;
  readonly serverCpu: number;
}

const [checkout = '.'] = process.argv.slice(2);
/** @param paths of today's build and of earlier ones, relative to `dist/` */
const load = <Module>(...paths: string[]): Promise<Module> => {
  const built = paths.map((path) => join(checkout, 'dist', path));
  const path = built.find(existsSync) ?? built.join();
  return import(pathToFileURL(path).href) as Promise<Module>;
};
const { openSystem } = await load<typeof import('#src/main.js')>('main.js');
const { deployShipped } = await load<typeof import('#src/cases/index.js')>(
  'cases/index.js',
  'casework/index.js',
);
const { parseLine } = await load<typeof import('#src/cases/replay/message.js')>(
  'cases/replay/message.js',
  'casework/replay/message.js',
);
const { simulate } = await load<typeof import('#src/cases/replay/simulate.js')>(
  'cases/replay/simulate.js',
  'casework/replay/simulate.js',
);
const { movableClock } = await load<typeof import('#src/kernel/clock.js')>('kernel/clock.js');

const directory = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
/** Far behind what is opened: everything falls due at once. */
const clock = movableClock(new Date('2026-06-30T10:00:00+08:00'));
const dispatched = new Date('2026-03-02T10:00:00+08:00');
const system = await openSystem({ clock, applicationName: 'bench', directory });
await deployShipped(system);
const [{ backend }] = await ask<{ backend: number }>('SELECT pg_backend_pid() AS backend');

const server = serverOf(backend);

async function ask<Row>(sql: string, values: readonly unknown[] = []): Promise<[Row]> {
  return (await system.database.transaction((transaction) => transaction.query<Row>(sql, values))) as [Row];
}

function batches({ name, cases, batch }: Order): Replayed[][] {
  const replayed = [...madeUpMessages(cases)].map((line): Replayed => {
    const parsed = parseLine(Buffer.from(line));
    if (!parsed.ok) throw new Error(parsed.reason);
    return { message: parsed.message, key: `${name}-${parsed.message.no}` };
  });
  const lists: Replayed[][] = [];
  while (replayed.length > 0) lists.push(replayed.splice(0, batch));
  return lists;
}

/** Runs each case to its end. */
function steps(order: Order): () => Promise<boolean> {
  const waiting = batches(order);
  return async () => {
    const list = waiting.shift();
    if (list) await simulate(system, list);
    return list !== undefined;
  };
}

/** Fires every level of cases that a unit never acts on. */
async function timers({ name, cases, batch }: Order): Promise<() => Promise<boolean>> {
  await openCases(system.executor, { count: cases, prefix: name, at: dispatched });
  return async () => (await system.executor.fireDue(batch)) > 0;
}

async function live(order: Order): Promise<Report> {
  const next = order.does === 'timers' ? await timers(order) : steps(order);
  const before = await entriesOf(order);
  const program = cpuSeconds();
  const ofServer = cpuSecondsOfServer(server);
  const from = performance.now();
  const worker = async (): Promise<void> => {
    while (await next());
  };
  await Promise.all(Array.from({ length: order.underWay }, worker));
  const seconds = (performance.now() - from) / 1000;
  const [programCpu, serverCpu] = [cpuSeconds() - program, cpuSecondsOfServer(server) - ofServer];
  const done = (await entriesOf(order)) - before;
  return {
    rate: done / seconds,
    programCpu: (1e6 * programCpu) / done,
    serverCpu: (1e6 * serverCpu) / done,
  };
}

async function entriesOf({ name }: Order): Promise<number> {
  const [{ count }] = await ask<{ count: number }>(
    'SELECT count(*)::int AS count FROM trail_entry WHERE stream LIKE $1',
    [`${name}-%`],
  );
  return count;
}

process.on('message', (told: Order | 'end') => {
  void (async () => {
    if (told !== 'end') return void process.send?.(await live(told));
    await system.close();
    await rm(directory, { recursive: true, force: true });
    process.disconnect();
  })();
});
process.send?.('ready');

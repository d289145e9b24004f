/**
 * Runs synthetic cases to their end on a checkout's executor, with an embedded PostgreSQL of its
 * own with durable settings. Everything measured comes from the checkout's `dist`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Replayed } from '#src/cases/replay/simulate.js';
import { madeUpMessages } from '../test/support/messages.js';
import { cpuSeconds, cpuSecondsOfServer, serverOf } from './cpu.js';

export interface Order {
  /** Distinguishes the cases of this round. */
  readonly name: string;
  readonly cases: number;
  /** Cases per transaction. */
  readonly batch: number;
  /** Concurrent batches. */
  readonly underWay: number;
}

export interface Report {
  /** Steps per second; a step writes one trail entry. */
  readonly rate: number;
  /** CPU µs per step. */
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
const { systemClock } = await load<typeof import('#src/kernel/clock.js')>('kernel/clock.js');

const directory = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
const system = await openSystem({ clock: systemClock, applicationName: 'bench', directory });
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

async function live(order: Order): Promise<Report> {
  const waiting = batches(order);
  const program = cpuSeconds();
  const before = cpuSecondsOfServer(server);
  const from = performance.now();
  const worker = async (): Promise<void> => {
    for (let list = waiting.shift(); list; list = waiting.shift()) await simulate(system, list);
  };
  await Promise.all(Array.from({ length: order.underWay }, worker));
  const seconds = (performance.now() - from) / 1000;
  const [programCpu, serverCpu] = [cpuSeconds() - program, cpuSecondsOfServer(server) - before];
  const [{ steps }] = await ask<{ steps: number }>(
    'SELECT count(*)::int AS steps FROM trail_entry WHERE stream LIKE $1',
    [`${order.name}-%`],
  );
  return {
    rate: steps / seconds,
    programCpu: (1e6 * programCpu) / steps,
    serverCpu: (1e6 * serverCpu) / steps,
  };
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

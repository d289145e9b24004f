/**
 * One program process of the durable benchmark. Told `engine`, it lives made-up cases to their end on the real
 * executor and remembers what was written; told `bare`, it writes exactly that into another database.
 */
import { tmpdir } from 'node:os';
import { signerSource } from '#src/accountability/index.js';
import { deployShipped, exportFiles } from '#src/casework/index.js';
import { simulate, type Replayed } from '#src/casework/replay/simulate.js';
import { parseLine } from '#src/casework/replay/message.js';
import { createVault, newKeyRing } from '#src/identity/index.js';
import { systemClock } from '#src/kernel/index.js';
import { assemble, entities } from '#src/main.js';
import { openDatabase } from '#src/persistence/index.js';
import { madeUpMessages } from '../test/support/messages.js';
import { recording, type RecordedTransaction } from './recorder.js';

export interface Order {
  readonly engineUrl: string;
  readonly bareUrl: string;
  readonly worker: number;
  readonly cases: number;
  readonly batch: number;
  readonly underWay: number;
  readonly runtime: 'token' | 'bpmn-engine';
}

export type Told = { readonly go: 'engine' | 'bare' } | { readonly end: true };
export interface Report {
  readonly seconds: number;
  readonly steps: number;
  readonly cpuSeconds: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const poolSize = order.underWay;
const engineSide = await openDatabase({
  poolSize,
  url: order.engineUrl,
  applicationName: 'bench',
  entities,
});
const bareSide = await openDatabase({
  poolSize,
  url: order.bareUrl,
  applicationName: 'bench-bare',
  entities,
});
const vault = createVault(newKeyRing());
const premises = { signer: signerSource(tmpdir()), exportFiles: exportFiles(tmpdir()) };
const system = assemble(engineSide, systemClock, vault, premises);
await deployShipped(system);
await deployShipped(assemble(bareSide, systemClock, vault, premises));

/** One list a batch: the transactions of a batch follow each other, batches run side by side. */
const logs: RecordedTransaction[][] = [];

async function sideBySide<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: order.underWay }, worker));
}

function batches(): Replayed[][] {
  const messages: Replayed[] = [];
  for (const line of madeUpMessages(order.cases, 77 + order.worker)) {
    const parsed = parseLine(Buffer.from(line));
    if (parsed.ok)
      messages.push({ message: parsed.message, key: `bench-${order.worker}-${parsed.message.no}` });
  }
  const lists: Replayed[][] = [];
  for (let start = 0; start < messages.length; start += order.batch) {
    lists.push(messages.slice(start, start + order.batch));
  }
  return lists;
}

async function engine(lists: readonly Replayed[][]): Promise<void> {
  await sideBySide(lists, async (batch) => {
    const log: RecordedTransaction[] = [];
    logs.push(log);
    const database = recording(engineSide, log);
    await simulate({ ...system, database }, batch, order.runtime);
  });
}

async function bare(lists: readonly RecordedTransaction[][]): Promise<void> {
  await sideBySide(lists, async (log) => {
    for (const statements of log) {
      if (statements.length === 0) continue;
      const client = await bareSide.pool.connect();
      try {
        await client.query('BEGIN');
        for (const { name, sql, parameters } of statements) {
          await client.query({ name, text: sql, values: [...parameters] });
        }
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    }
  });
}

/** The first part of the work warms up compiler, connections and plans, on both sides, and is not counted. */
async function measured<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<void>,
  side: typeof engineSide,
): Promise<Report> {
  const warm = Math.max(1, Math.floor(items.length / 5));
  await work(items.slice(0, warm));
  const before = await steps(side);
  const cpu = process.cpuUsage();
  const from = process.hrtime.bigint();
  await work(items.slice(warm));
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const { user, system: kernel } = process.cpuUsage(cpu);
  return { seconds, steps: (await steps(side)) - before, cpuSeconds: (user + kernel) / 1e6 };
}

async function steps(side: typeof engineSide): Promise<number> {
  const [row] = await side.transaction((transaction) =>
    transaction.query<{ steps: number }>(
      'SELECT count(*)::int AS steps FROM hotline.trail_entry WHERE stream LIKE $1',
      [`bench-${order.worker}-%`],
    ),
  );
  return row?.steps ?? 0;
}

process.on('message', (told: Told) => {
  void (async () => {
    if ('end' in told) {
      await Promise.all([engineSide.close(), bareSide.close()]);
      process.disconnect();
    } else {
      const report =
        told.go === 'engine'
          ? await measured(batches(), engine, engineSide)
          : await measured(logs, bare, bareSide);
      process.send?.(report);
    }
  })();
});
process.send?.('ready');

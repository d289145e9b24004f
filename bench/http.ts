/**
 * What people wait for at the interface, fifty at once, with ten thousand sheets and with a million: worklist, case
 * page, all work orders, search, board; and how many new sheets a second are accepted.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { fill, type Filled } from './many-sheets.js';
import { benchServer, type BenchServer } from './postgres.js';
import { rounded, table } from './table.js';

const most = Number(process.env['BENCH_SHEETS'] ?? 1_000_000);
const users = 50;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);

export async function run(): Promise<void> {
  const server = await benchServer();
  const directory = await mkdtemp(join(tmpdir(), 'hotline-bench-keys-'));
  const rows: string[][] = [];
  try {
    for (const sheets of [10_000, most]) rows.push(...(await measured(server, directory, sheets)));
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
  rows.sort(([one = ''], [other = '']) => order(one) - order(other));
  table(
    `The interface, ${users} users at once`,
    ['question', 'sheets', 'open', 'ms, p50', 'ms, p99', 'answers/s', 'other than 2xx'],
    rows,
  );
}

const questions = ['worklist', 'case page', 'all work orders', 'search', 'board', 'new sheet'] as const;
const order = (name: string): number => (questions as readonly string[]).indexOf(name);

async function measured(server: BenchServer, directory: string, sheets: number): Promise<string[][]> {
  const titles = titlesOfMessages();
  const url = await server.database(`http_${sheets}`);
  const open = sheets / 10;
  const filled = await fill({ url, directory, open, ended: sheets - open }, titles);
  const worker = fork(join(import.meta.dirname, 'http-worker.ts'), [url, directory], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const [address] = (await once(worker, 'message')) as [string];
    const rows: string[][] = [];
    for (const name of questions) {
      // What the last load left under way is over when the database answers again.
      await fetch(`${address}/readyz`);
      const { latency, requests, non2xx } = await load(name, address, filled, titles);
      rows.push([
        name,
        rounded(sheets),
        rounded(open),
        rounded(latency.p50),
        rounded(latency.p99),
        rounded(requests.average),
        rounded(non2xx),
      ]);
    }
    return rows;
  } finally {
    await ended(worker);
  }
}

async function load(
  name: (typeof questions)[number],
  url: string,
  { headers, numbers }: Filled,
  titles: readonly string[],
): Promise<autocannon.Result> {
  let asked = 0;
  const path = (): string => {
    const next = asked++;
    if (name === 'worklist') return '/api/tasks?limit=50';
    if (name === 'case page') return `/api/work-orders/${numbers[(next * 37) % numbers.length]}`;
    if (name === 'all work orders') return '/api/work-orders?limit=50';
    if (name === 'board') return '/api/board';
    return name === 'search' ? '/api/intake/suggestions' : '/api/work-orders';
  };
  const body = (): object => {
    const text = titles[(asked * 37) % titles.length] ?? '';
    const sheet = { channel: 'phone', kind: 'help', title: text.slice(0, 60), content: text };
    return name === 'search' ? { text } : sheet;
  };
  const posts = name === 'search' || name === 'new sheet';
  return autocannon({
    url,
    connections: users,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          method: posts ? 'POST' : 'GET',
          path: path(),
          headers: { ...headers, ...(posts ? { 'content-type': 'application/json' } : {}) },
          ...(posts ? { body: JSON.stringify(body()) } : {}),
        }),
      },
    ],
  });
}

function titlesOfMessages(): readonly string[] {
  return readFileSync(new URL('../../shared/cases/messages.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly title: string }).title)
    .filter((title) => title.length > 4);
}

async function ended(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.disconnect();
  await gone;
}

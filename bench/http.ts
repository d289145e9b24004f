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
import { fill, type Filled, type Message } from './many-sheets.js';
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

const questions = [
  'worklist',
  'worklist, red',
  'case page',
  'all work orders',
  'search, seldom',
  'search, often',
  'search in worklist',
  'board',
  'process monitor',
  'status',
  'similar sheets',
  'new sheet',
] as const;
const order = (name: string): number => (questions as readonly string[]).indexOf(name);

async function measured(server: BenchServer, directory: string, sheets: number): Promise<string[][]> {
  const messages = readMessages();
  const url = await server.database(`http_${sheets}`);
  const open = sheets / 10;
  const began = performance.now();
  const filled = await fill({ url, directory, open, ended: sheets - open }, messages);
  console.log(`${rounded(sheets)} sheets made in ${rounded((performance.now() - began) / 1000)} s`);
  const worker = fork(join(import.meta.dirname, 'http-worker.ts'), [url, directory], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const [address] = (await once(worker, 'message')) as [string];
    const rows: string[][] = [];
    for (const name of questions) {
      // What the last load left under way is over when the database answers again.
      await fetch(`${address}/readyz`);
      const { latency, requests, non2xx } = await load(name, address, filled, messages);
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
  { intake, askers, numbers }: Filled,
  messages: readonly Message[],
): Promise<autocannon.Result> {
  let asked = 0;
  const path = (next: number): string => {
    // Six characters out of the middle of some message; or a word that many use.
    const seldom = (messages[(next * 37) % messages.length]?.text ?? '').replaceAll(/\s/g, '').slice(20, 26);
    const q = (words: string): string => `q=${encodeURIComponent(words)}`;
    switch (name) {
      case 'worklist':
        return '/api/tasks?limit=50&scope=mine';
      case 'worklist, red':
        return '/api/tasks?limit=50&scope=mine&light=red';
      case 'case page':
        return `/api/work-orders/${numbers[(next * 37) % numbers.length]}`;
      case 'all work orders':
        return '/api/work-orders?limit=50';
      case 'search, seldom':
        return `/api/work-orders?limit=50&${q(seldom)}`;
      case 'search, often':
        return `/api/work-orders?limit=50&${q(['小区', '停水', '业主', '公交'][next % 4] ?? '')}`;
      case 'search in worklist':
        return `/api/tasks?limit=50&scope=mine&${q(seldom)}`;
      case 'board':
        return '/api/board';
      case 'process monitor':
        return '/api/definitions/handling/load';
      case 'status':
        return '/api/status';
      case 'similar sheets':
        return '/api/intake/suggestions';
      case 'new sheet':
        return '/api/work-orders';
    }
  };
  const body = (next: number): object => {
    const { title, text } = messages[(next * 37) % messages.length] ?? { title: '', text: '' };
    if (name === 'similar sheets') return { text: title };
    return { channel: 'phone', kind: 'help', title: title.slice(0, 60), content: text };
  };
  const posts = name === 'similar sheets' || name === 'new sheet';
  // A unit's people neither take calls nor look over others; the board, the monitor and case pages are not theirs.
  const who = posts
    ? [intake]
    : name.includes('list') || name.startsWith('search')
      ? askers
      : askers.slice(0, 4);
  return autocannon({
    url,
    connections: users,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          const next = asked++;
          return {
            ...request,
            method: posts ? 'POST' : 'GET',
            path: path(next),
            headers: { ...who[next % who.length], ...(posts ? { 'content-type': 'application/json' } : {}) },
            ...(posts ? { body: JSON.stringify(body(next)) } : {}),
          };
        },
      },
    ],
  });
}

function readMessages(): readonly Message[] {
  return readFileSync(new URL('../../shared/cases/messages.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Message)
    .filter(({ title, text }) => title.length > 4 && text.length > 30);
}

async function ended(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.disconnect();
  await gone;
}

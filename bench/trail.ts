/**
 * Cost of the trail: business transactions with and without it, in alternating rounds; delay of places and signed
 * checkpoints; speed of verification; bytes per entry.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { benchServer } from './postgres.js';
import { median, rounded, table } from './table.js';
import { measureLarge } from './trail-large.js';
import type { Written } from './trail-worker.js';

const ways = [
  { writers: 1, cases: 160 },
  { writers: 8, cases: 320 },
  { writers: 32, cases: 320 },
];

/** Programs per number of writers: memory layout and compiled code make each differ by four points and more. */
const programs = 3;

export async function run(): Promise<void> {
  await measureWriters();
  const server = await benchServer();
  try {
    await measureLarge(server);
  } finally {
    await server.stop();
  }
}

async function measureWriters(): Promise<void> {
  const seen = ways.map((way) => ({ ...way, written: [] as Written[] }));
  for (let program = 0; program < programs; program += 1)
    for (const { writers, cases, written } of seen) written.push(await measured(writers, cases));
  table(
    'Business transactions with a trail (an entry each, the sequencer following) and without',
    [
      'writers',
      'entries/s',
      'the same without a trail/s',
      'overhead (median of the rounds)',
      'of each program',
      'of all rounds',
    ],
    seen.map(({ writers, written }) => {
      const rates = written.flatMap((one) => one.rates);
      const extra = rates.map(overhead);
      return [
        writers,
        rounded(median(rates.map((one) => one.with))),
        rounded(median(rates.map((one) => one.without))),
        `${rounded(median(extra), 1)} %`,
        `${written.map((one) => rounded(median(one.rates.map(overhead)))).join(', ')} %`,
        `${rounded(Math.min(...extra))} to ${rounded(Math.max(...extra))} %`,
      ];
    }),
  );
  const all = seen.flatMap(({ written }) => written);
  const sorted = all.flatMap((one) => one.lags).sort((a, b) => a - b);
  const at = (share: number): string => rounded(sorted[Math.floor(sorted.length * share)] ?? Number.NaN, 2);
  table(
    'From COMMIT to the signed checkpoint above it',
    ['entries', 's, p50', 'p99', 'longest'],
    [[rounded(sorted.length), at(0.5), at(0.99), rounded(sorted.at(-1) ?? Number.NaN, 2)]],
  );
  table(
    'Room',
    ['bytes an entry, indexes, tree and chain heads included'],
    [[rounded(median(all.map((one) => one.bytesOfEntry)))]],
  );
}

const overhead = (one: Written['rates'][number]): number => (100 * one.without) / one.with - 100;

async function measured(writers: number, cases: number): Promise<Written> {
  const worker = fork(join(import.meta.dirname, 'trail-worker.ts'), [`${writers}`, `${cases}`], {
    execArgv: ['--import', 'tsx'],
  });
  const gone = once(worker, 'exit');
  const [written] = (await Promise.race([
    once(worker, 'message'),
    gone.then(([code]) => Promise.reject(new Error(`the program of ${writers} writers ended with ${code}`))),
  ])) as [Written];
  await gone;
  return written;
}

/**
 * What the trail costs: business transactions with and without it, in rounds that alternate; how far the sequencer and
 * the signed checkpoints are behind; how fast all of it is verified; how much room it takes.
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
  const overhead: (readonly (string | number)[])[] = [];
  const lags: number[] = [];
  let bytes = 0;
  for (const { writers, cases } of ways) {
    const written = await measured(writers, cases);
    lags.push(...written.lags);
    bytes = written.bytesOfEntry;
    const extra = written.rates.map((one) => (100 * one.without) / one.with - 100);
    overhead.push([
      writers,
      rounded(median(written.rates.map((one) => one.with))),
      rounded(median(written.rates.map((one) => one.without))),
      `${rounded(median(extra))} %`,
      `${rounded(Math.min(...extra))} to ${rounded(Math.max(...extra))} %`,
    ]);
  }
  table(
    'Business transactions with a trail (an entry each, the sequencer following) and without',
    [
      'writers',
      'entries/s',
      'the same without a trail/s',
      'overhead (median of the rounds)',
      'of all rounds',
    ],
    overhead,
  );
  const sorted = [...lags].sort((a, b) => a - b);
  const at = (share: number): string => rounded(sorted[Math.floor(sorted.length * share)] ?? Number.NaN, 2);
  table(
    'From COMMIT to the signed checkpoint above it',
    ['entries', 's, p50', 'p99', 'longest'],
    [[rounded(sorted.length), at(0.5), at(0.99), rounded(sorted.at(-1) ?? Number.NaN, 2)]],
  );
  table('Room', ['bytes an entry, indexes, tree and chain heads included'], [[rounded(bytes)]]);
}

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

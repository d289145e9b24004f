/**
 * What the trail costs: business transactions with and without it, in rounds that alternate; how far the sequencer and
 * the signed checkpoints are behind; how fast all of it is verified; how much room it takes.
 */
import { createSequencer, signCheckpoint } from '#src/accountability/index.js';
import { systemClock } from '#src/kernel/index.js';
import type { Database } from '#src/persistence/index.js';
import { benchServer, type BenchServer } from './postgres.js';
import { median, rounded, table } from './table.js';
import { bytesOfEntry, measureLarge, signer } from './trail-large.js';
import { openWriters, type Writers } from './trail-writers.js';

// Rounds of some three seconds: short, so that what else the machine does falls on both, and long enough for the sequencer
// to go round within each. The first two warm up.
const rounds = 12;
const warmUp = 2;
const ways = [
  { writers: 1, cases: 160 },
  { writers: 8, cases: 320 },
  { writers: 32, cases: 320 },
];

interface Checkpointed {
  readonly size: number;
  readonly at: number;
}

export async function run(): Promise<void> {
  const server = await benchServer();
  try {
    await measureWriters(server);
    await measureLarge(server);
  } finally {
    await server.stop();
  }
}

async function measureWriters(server: BenchServer): Promise<void> {
  const overhead: (readonly (string | number)[])[] = [];
  const lags: number[] = [];
  let bytes = 0;
  for (const { writers, cases } of ways) {
    const recorded = await openWriters(await server.database(`with_${writers}`), { writers, trail: true });
    const bare = await openWriters(await server.database(`without_${writers}`), { writers, trail: false });
    const rates: { readonly with: number; readonly without: number }[] = [];
    const signed: Checkpointed[] = [];
    for (let round = 0; round < warmUp + rounds; round += 1) {
      const followed = (): Promise<number> => following(recorded, signed, () => recorded.live(cases, round));
      const alone = (): Promise<number> => bare.live(cases, round);
      // Each goes first in every second round.
      const first = round % 2 === 0 ? await followed() : await alone();
      const second = round % 2 === 0 ? await alone() : await followed();
      const [withTrail, without] = round % 2 === 0 ? [first, second] : [second, first];
      if (round >= warmUp) rates.push({ with: withTrail, without });
    }
    lags.push(...(await recorded.lags(signed)));
    bytes = await bytesOfEntry(recorded.database);
    const [withTrail, without] = [
      median(rates.map((one) => one.with)),
      median(rates.map((one) => one.without)),
    ];
    const extra = median(rates.map((one) => (100 * one.without) / one.with - 100));
    overhead.push([writers, rounded(withTrail), rounded(without), `${rounded(extra)} %`]);
    await Promise.all([recorded.close(), bare.close()]);
  }
  table(
    'Business transactions with a trail (an entry each, the sequencer following) and without',
    ['writers', 'entries/s', 'the same without a trail/s', 'overhead (median of the rounds)'],
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

/** As in `hotline serve`: the program that writes also gives places, and signs what has grown, once a second. */
async function following(
  { database }: Writers,
  signed: Checkpointed[],
  work: () => Promise<number>,
): Promise<number> {
  const stopping = new AbortController();
  let wanted = Number.POSITIVE_INFINITY;
  let done = (): void => undefined;
  const caughtUp = new Promise<void>((resolve) => (done = resolve));
  const sign = async (): Promise<void> => {
    const checkpoint = await signCheckpoint({ database, clock: systemClock, signer });
    if (checkpoint && checkpoint.size !== signed.at(-1)?.size)
      signed.push({ size: checkpoint.size, at: performance.now() });
    if ((checkpoint?.size ?? 0) >= wanted) done();
  };
  const onError = (error: unknown): void => console.error(error);
  const sequencing = createSequencer({ database, clock: systemClock, onError, after: sign }).run(
    stopping.signal,
  );
  const rate = await work();
  // Those that came last wait their turn as all do.
  wanted = await entriesIn(database);
  await caughtUp;
  stopping.abort();
  await sequencing;
  return rate;
}

async function entriesIn(database: Database): Promise<number> {
  const [row] = await database.transaction((transaction) =>
    transaction.query<{ count: number }>('SELECT count(*) AS count FROM hotline.trail_entry'),
  );
  return row?.count ?? 0;
}

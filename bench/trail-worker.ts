/**
 * Writers with and without a trail, in alternating rounds on a server of their own, so that vacuuming and flushing
 * after earlier measurements affect neither.
 */
import { createSequencer, signCheckpoint } from '#src/accountability/index.js';
import { systemClock } from '#src/kernel/index.js';
import type { Database } from '#src/platform/database/index.js';
import { benchServer } from './postgres.js';
import { bytesOfEntry, signer } from './trail-large.js';
import { openWriters, type Writers } from './trail-writers.js';

export interface Written {
  /** Steps per second, each a transaction. */
  readonly rates: readonly { readonly with: number; readonly without: number }[];
  /** Seconds from COMMIT to the signed checkpoint above it, an entry each. */
  readonly lags: readonly number[];
  readonly bytesOfEntry: number;
}

// Rounds of some three seconds: short, so that other load affects both, and long enough for a round of the sequencer.
// The first two are warm-up.
const rounds = 12;
const warmUp = 2;

interface Checkpointed {
  readonly size: number;
  readonly at: number;
}

const [writers = Number.NaN, cases = Number.NaN] = process.argv.slice(2).map(Number);
const server = await benchServer();
try {
  process.send?.(await measured());
} finally {
  await server.stop();
}
process.disconnect();

async function measured(): Promise<Written> {
  const recorded = await openWriters(await server.database('recorded'), { writers, trail: true });
  const bare = await openWriters(await server.database('bare'), { writers, trail: false });
  const rates: Written['rates'][number][] = [];
  const signed: Checkpointed[] = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const followed = (): Promise<number> => following(recorded, signed, () => recorded.live(cases, round));
    const alone = (): Promise<number> => bare.live(cases, round);
    // Alternates which one goes first.
    const first = round % 2 === 0 ? await followed() : await alone();
    const second = round % 2 === 0 ? await alone() : await followed();
    const [withTrail, without] = round % 2 === 0 ? [first, second] : [second, first];
    if (round >= warmUp) rates.push({ with: withTrail, without });
  }
  const written = {
    rates,
    lags: await recorded.lags(signed),
    bytesOfEntry: await bytesOfEntry(recorded.database),
  };
  await Promise.all([recorded.close(), bare.close()]);
  return written;
}

/** As in `hotline serve`: the writing program also assigns places and signs once a second. */
async function following(
  { database, laws }: Writers,
  signed: Checkpointed[],
  work: () => Promise<number>,
): Promise<number> {
  const stopping = new AbortController();
  let wanted = Number.POSITIVE_INFINITY;
  let done = (): void => undefined;
  const caughtUp = new Promise<void>((resolve) => (done = resolve));
  const sign = async (): Promise<void> => {
    const checkpoint = await signCheckpoint({ database, clock: systemClock, laws, signer });
    if (checkpoint && checkpoint.size !== signed.at(-1)?.size)
      signed.push({ size: checkpoint.size, at: performance.now() });
    if ((checkpoint?.size ?? 0) >= wanted) done();
  };
  const onError = (error: unknown): void => console.error(error);
  const sequencing = createSequencer({ database, clock: systemClock, onError, after: sign }).run(
    stopping.signal,
  );
  const rate = await work();
  // The last entries wait for their place, too.
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

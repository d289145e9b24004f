/** Delivers the latest checkpoint to every place outside that is due, and records each attempt. */
import { repeat, type Clock, type Repeating } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { beginDelivery, deliveries, endDelivery, type Delivery } from '../store/anchor-store.js';
import { latestCheckpoint } from '../store/checkpoint-store.js';
import type { Anchor, Kept } from './anchor.js';

export interface AnchorDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly anchors: readonly Anchor[];
}

/** Milliseconds: how often, and after a failure, and when an attempt of a program that has died is given up. */
const hour = 3_600_000;
const lengths = { hour, day: 24 * hour } as const;
const retryAfter = 5 * 60_000;
const givenUpAfter = 2 * 60_000;
/** Days begin in Beijing. */
const beijing = 8 * hour;

/** @returns how many took it */
export async function deliverDue({ database, clock, anchors }: AnchorDeps): Promise<number> {
  const [checkpoint, known] = await database.transaction(async (transaction) => [
    await latestCheckpoint(transaction),
    new Map((await deliveries(transaction)).map((one) => [one.anchor, one])),
  ]);
  if (!checkpoint) return 0;
  let kept = 0;
  for (const anchor of anchors) {
    if (isDue(anchor, known.get(anchor.name), checkpoint.size, clock.now()))
      kept += (await deliver({ database, clock }, anchor, checkpoint)) ? 1 : 0;
  }
  return kept;
}

function isDue({ every }: Anchor, known: Delivery | undefined, size: number, now: Date): boolean {
  if (every === null) return false;
  if (!known) return true;
  const { keptAt, keptSize, triedAt, failure, isOpen } = known;
  const since = now.getTime() - triedAt.getTime();
  if (isOpen && since < givenUpAfter) return false;
  if (failure !== null && since < retryAfter) return false;
  if (keptAt === null) return true;
  const period = (at: Date): number => Math.floor((at.getTime() + beijing) / lengths[every]);
  return period(keptAt) < period(now) && (keptSize ?? 0) < size;
}

async function deliver(
  { database, clock }: Pick<AnchorDeps, 'database' | 'clock'>,
  anchor: Anchor,
  { size, note }: Kept,
): Promise<boolean> {
  const one = { anchor: anchor.name, size };
  const attempt = await database.transaction((transaction) =>
    beginDelivery(transaction, { ...one, at: clock.now() }),
  );
  if (attempt === undefined) return false;
  const failure = await anchor.keep({ size, note }).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
  await database.transaction((transaction) =>
    endDelivery(transaction, { ...one, attempt, at: clock.now(), failure }),
  );
  return failure === null;
}

/** Once a minute until stopped. */
export const keepDelivering = (deps: AnchorDeps & Repeating, signal: AbortSignal): Promise<void> =>
  repeat(deps, 60_000, signal, async () => {
    await deliverDue(deps);
  });

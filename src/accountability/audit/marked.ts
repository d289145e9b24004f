/** Chains of which verification has found something: lists mark their rows by it, without a query of their own. */
import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { streamsFound } from './round.js';

/** Numbers of cases and names of other chains; up to a minute old. */
export type Marked = () => Promise<ReadonlySet<string>>;

const minute = 60_000;

export function createMarked({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): Marked {
  let known: Promise<ReadonlySet<string>> | undefined;
  let readAt = 0;
  return () => {
    const now = clock.now().getTime();
    if (known && Math.abs(now - readAt) < minute) return known;
    readAt = now;
    const reading = database.transaction(streamsFound);
    reading.catch(() => (known = undefined));
    known = reading;
    return reading;
  };
}

/**
 * Chains in which verification has found something. Lists use this set to mark their rows, without
 * a query of their own.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { streamsFound } from './round.js';

/** Case numbers and names of other chains with findings; up to a minute old. */
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

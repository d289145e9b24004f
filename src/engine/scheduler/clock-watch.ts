/**
 * Monitors clock skew: a program whose clock is wrong would fire deadlines at other instants. Each
 * program compares its clock with the database's, which all share.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';

export interface ClockSkew {
  /** Database clock minus program clock in milliseconds, accurate to half the round trip. */
  readonly milliseconds: number;
  /** When it was measured, by the program's clock. */
  readonly measuredAt: Date;
  /** True if the skew exceeds the tolerance. */
  readonly excessive: boolean;
}

export interface ClockWatch {
  /** Tolerance in milliseconds. */
  readonly tolerance: number;
  /** Measures at most once a minute; returns the latest measurement. */
  look(): Promise<ClockSkew>;
}

const every = 60_000;

export function createClockWatch(deps: {
  readonly database: Database;
  readonly clock: Clock;
  /** Milliseconds; default: 2 seconds. */
  readonly tolerance?: number;
}): ClockWatch {
  const { clock, database, tolerance = 2000 } = deps;
  let latest: ClockSkew | undefined;

  const measure = (): Promise<ClockSkew> =>
    database.transaction(async (transaction) => {
      const asked = clock.now().getTime();
      const [row] = await transaction.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      const answered = clock.now().getTime();
      if (!row) throw new Error('the database answered no row');
      // The database read its clock between question and answer: the middle is the best estimate.
      const milliseconds = Math.round(row.now.getTime() - (asked + answered) / 2);
      return { milliseconds, measuredAt: new Date(answered), excessive: Math.abs(milliseconds) > tolerance };
    });

  return {
    tolerance,
    look: async () => {
      const age = latest && clock.now().getTime() - latest.measuredAt.getTime();
      // The program's clock was set back: measure again.
      if (latest && age !== undefined && age >= 0 && age < every) return latest;
      return (latest = await measure());
    },
  };
}

/**
 * Two clocks decide when something falls due: the program's says that it is due, and in another program it would be
 * another instant. The database's clock is the one that all programs have in common, so each compares its own with it.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';

export interface ClockSkew {
  /** The database's clock minus the program's, milliseconds, to within half of the question's way there and back. */
  readonly milliseconds: number;
  /** By the program's clock. */
  readonly measuredAt: Date;
  /** Whether it is more than is tolerated. */
  readonly excessive: boolean;
}

export interface ClockWatch {
  /** Above it a difference is excessive; milliseconds. */
  readonly tolerance: number;
  /** Measures, but at most once a minute; answers the latest measurement. */
  look(): Promise<ClockSkew>;
}

const every = 60_000;

export function createClockWatch(deps: {
  readonly database: Database;
  readonly clock: Clock;
  /** Milliseconds; 2 seconds without it. */
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
      // It was read somewhere between question and answer: half way is the best guess.
      const milliseconds = Math.round(row.now.getTime() - (asked + answered) / 2);
      return { milliseconds, measuredAt: new Date(answered), excessive: Math.abs(milliseconds) > tolerance };
    });

  return {
    tolerance,
    look: async () => {
      const age = latest && clock.now().getTime() - latest.measuredAt.getTime();
      // A clock that was set back is no reason to trust an old measurement.
      if (latest && age !== undefined && age >= 0 && age < every) return latest;
      return (latest = await measure());
    },
  };
}

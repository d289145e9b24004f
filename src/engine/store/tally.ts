/**
 * What the board, the process monitor and the state page count of live cases, kept with every step
 * (docs/decisions/0027-lists.md). What it was before is taken off, what it is now is put on, in rows of their own: no
 * step waits for another's, and the count is their sum.
 */
import type { Database } from '../../persistence/index.js';
import type { CaseFile } from '../execution/case-file.js';

/** Rows that are to be added to `tally`. */
export interface Count {
  readonly what: 'case' | 'task' | 'led' | 'limit' | 'due' | 'ended';
  readonly slot: number;
  readonly key: readonly (string | null)[];
  readonly n: number;
  /** Milliseconds since 1970, summed. */
  readonly opened: number;
}

/** Where a case stands in the lists. */
export interface Place {
  readonly level: string | null;
  readonly limit_at: Date | null;
  readonly led_by: string | null;
}

const hour = 3_600_000;
const day = 24 * hour;
/** China's clocks, since 1992 the same all year round. */
const ahead = 8 * hour;

/**
 * Twice the hour since 1970, and one more for an instant behind the full hour: limits mostly end at a full hour, and
 * whether such a one has passed can then be told without looking at it.
 */
export const limitSlot = (at: Date): number =>
  2 * Math.floor(at.getTime() / hour) + (at.getTime() % hour === 0 ? 0 : 1);

/** Its civil day, since 1970-01-01 (Asia/Shanghai). */
export const daySlot = (at: Date): number => Math.floor((at.getTime() + ahead) / day);

/** The same of a limit: 24:00 is the day that it ends. */
export const dueSlot = (at: Date): number => Math.ceil((at.getTime() + ahead) / day) - 1;

/** @returns what the steps have changed, without what has stayed */
export function countsOf(
  changes: readonly (readonly [before: CaseFile, was: Place, after: CaseFile, is: Place])[],
): readonly Count[] {
  const sums = new Map<string, { -readonly [Part in keyof Count]: Count[Part] }>();
  const add = (sign: 1 | -1, counts: readonly Count[]): void => {
    for (const { what, slot, key, n, opened } of counts) {
      const name = JSON.stringify([what, slot, key]);
      const sum = sums.get(name) ?? { what, slot, key, n: 0, opened: 0 };
      sum.n += sign * n;
      sum.opened += sign * opened;
      sums.set(name, sum);
    }
  };
  for (const [before, was, after, is] of changes) {
    if (after.realm !== 'live') continue;
    // A case that has just been opened was not there.
    if (before.version > 0) add(-1, countedIn(before, was));
    add(1, countedIn(after, is));
  }
  return [...sums.values()].filter(({ n, opened }) => n !== 0 || opened !== 0);
}

function countedIn({ endedAt, tasks, deadlines }: CaseFile, { level, limit_at, led_by }: Place): Count[] {
  const one = (what: Count['what'], slot: number, key: Count['key'], opened = 0): Count => ({
    what,
    slot,
    key,
    n: 1,
    opened,
  });
  const counts = [endedAt ? one('ended', daySlot(endedAt), []) : one('case', 0, [level, led_by])];
  for (const { process, element, role, openedAt } of tasks.values()) {
    counts.push(one('task', 0, [process, element, role ?? '', level], openedAt.getTime()));
    if (led_by !== null) counts.push(one('led', 0, [led_by, role ?? '', level]));
    if (limit_at) counts.push(one('limit', limitSlot(limit_at), [process, element]));
  }
  for (const { dueAt } of deadlines.values()) counts.push(one('due', dueSlot(dueAt), []));
  return counts;
}

/**
 * Makes one row of all rows of a kind. Any number of programs may do so at once, and while others step: each takes
 * away what it has seen and puts back its sum, in one statement.
 */
export async function foldTally(database: Database): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query(`
      WITH crowded AS (
        SELECT what, slot, key FROM tally GROUP BY 1, 2, 3 HAVING count(*) > 1
      ), gone AS (
        DELETE FROM tally t USING crowded c
         WHERE t.what = c.what AND t.slot = c.slot AND t.key = c.key RETURNING t.*
      )
      INSERT INTO tally
      SELECT what, slot, key, sum(n), sum(opened) FROM gone GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(opened) <> 0`),
  );
}

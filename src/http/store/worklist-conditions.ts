/** Filters of a worklist beyond the task's own columns. */
import { assigneeOfTask, assignedTo } from '../../cases/assignment/index.js';
import type { SqlCondition, TaskOrder } from '../../engine/index.js';

type Bind = Parameters<SqlCondition>[0];

interface Narrowing {
  readonly channel?: string | undefined;
  readonly kind?: string | undefined;
  readonly district?: string | undefined;
  /** Any of these languages. */
  readonly languages?: readonly string[] | undefined;
  /** A class of any level: matches its sheets, and those of the classes below it. */
  readonly class?: string | undefined;
  /** A person's name in the trail, or a team; null: assigned to nobody. */
  readonly assignee?: string | null | undefined;
  /** Folded: members are hidden under their leading sheet if both are at the same task of one unit. */
  readonly members?: 'all' | 'folded' | undefined;
}

export function conditionsOf({
  assignee,
  class: code,
  members,
  languages,
  ...traits
}: Narrowing): readonly SqlCondition[] {
  const named = Object.entries(traits).flatMap(([column, value]) =>
    value === undefined ? [] : [(bind: Bind) => `${ofSheet(`s.${column}`)} = ${bind(value)}`],
  );
  const ofSheets = [
    ...named,
    ...(languages === undefined
      ? []
      : [(bind: Bind) => `${ofSheet('s.language')} = ANY (${bind([...languages])}::text[])`]),
    ...(code === undefined ? [] : [(bind: Bind) => ofSheet(`${bind(code)} = ANY (s.class_path)`)]),
  ];
  return [
    ...(assignee === undefined ? [] : [assignedTo(assignee)]),
    ...(members === 'folded' ? [notFoldedOf(ofSheets)] : ofSheets),
  ];
}

/** Folding applies to the sheets that other filters leave: PostgreSQL would otherwise apply it first, to every task. */
const notFoldedOf = (ofSheets: readonly SqlCondition[]): SqlCondition =>
  ofSheets.length === 0
    ? notFolded
    : (bind) =>
        `CASE WHEN ${ofSheets.map((one) => one(bind)).join(' AND ')} THEN ${notFolded(bind)} ELSE false END`;

/**
 * Evaluated task by task, in the list's order: with EXISTS, PostgreSQL joins every sheet to the
 * open tasks first. At 100,000 open tasks that took 9 s for a frequent channel and 1 to 3 s in one
 * unit's list; this takes 11 and 60 ms, and at most 0.7 s for a filter that matches no task.
 */
const ofSheet = (what: string): string => `(SELECT ${what} FROM sheet_trait s WHERE s.case_id = t.case_id)`;

/**
 * Also evaluated task by task: with 18,737 merged of 102,541 open tasks NOT IN took 1.1 s for every
 * list, this 0.1 s; the counts, which evaluate 10,001 times, took 1.0 and 1.3 s (all on a machine
 * ten times overloaded).
 */
const notFolded: SqlCondition = () =>
  '(SELECT true FROM folded_task f WHERE f.case_id = t.case_id AND f.element = t.element LIMIT 1) IS NULL';

/** Orders of a worklist by data that the task itself does not hold. */
export const textOrders = {
  district: { text: ofSheet('s.district') },
  class: { text: ofSheet(`array_to_string(s.class_path, '/')`) },
  assignee: { text: assigneeOfTask },
} as const satisfies Record<string, TaskOrder>;

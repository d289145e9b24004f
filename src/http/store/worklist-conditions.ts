/** By what a worklist is narrowed besides the task's own columns. */
import { assigneeOfTask, assignedTo } from '../../desk/index.js';
import type { SqlCondition, TaskOrder } from '../../engine/index.js';

interface Narrowing {
  readonly channel?: string | undefined;
  readonly kind?: string | undefined;
  readonly district?: string | undefined;
  readonly language?: string | undefined;
  /** A class of any level: its sheets, and those of the classes below it. */
  readonly class?: string | undefined;
  /** A person as named in the trail, or a team; null: assigned to nobody. */
  readonly assignee?: string | null | undefined;
}

export function conditionsOf({ assignee, class: code, ...traits }: Narrowing): readonly SqlCondition[] {
  const named = Object.entries(traits).flatMap(([column, value]) =>
    value === undefined ? [] : [sheetHas((bind) => `s.${column} = ${bind(value)}`)],
  );
  return [
    ...named,
    ...(code === undefined ? [] : [sheetHas((bind) => `${bind(code)} = ANY (s.class_path)`)]),
    ...(assignee === undefined ? [] : [assignedTo(assignee)]),
  ];
}

const sheetHas =
  (holds: SqlCondition): SqlCondition =>
  (bind) =>
    `EXISTS (SELECT FROM sheet_trait s WHERE s.case_id = t.case_id AND ${holds(bind)})`;

/** Orders of a worklist by what the task itself does not hold. */
export const textOrders = {
  district: { text: 'SELECT s.district FROM sheet_trait s WHERE s.case_id = t.case_id' },
  class: {
    text: `SELECT array_to_string(s.class_path, '/') FROM sheet_trait s WHERE s.case_id = t.case_id`,
  },
  assignee: { text: assigneeOfTask },
} as const satisfies Record<string, TaskOrder>;

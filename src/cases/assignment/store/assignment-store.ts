import type { Transaction } from '../../../platform/database/index.js';

/** A person as named in the trail, or a team of the unit. */
export type Assignee = { readonly person: string } | { readonly team: string };

export interface Assignment {
  readonly caseId: string;
  readonly businessKey: string;
  readonly unit: string;
  readonly to: Assignee;
}

/** An assignment in force, with who made it and when. */
export interface KeptAssignment extends Assignment {
  readonly by: string;
  readonly at: Date;
}

interface Row {
  case_id: string;
  unit: string;
  business_key: string;
  person: string | null;
  team: string | null;
  assigned_by: string;
  assigned_at: Date;
}

const columns = 'case_id::text AS case_id, unit, business_key, person, team, assigned_by, assigned_at';

const assignmentIn = (row: Row): KeptAssignment => ({
  caseId: row.case_id,
  businessKey: row.business_key,
  unit: row.unit,
  to: row.person === null ? { team: row.team ?? '' } : { person: row.person },
  by: row.assigned_by,
  at: row.assigned_at,
});

export async function assignmentsOf(
  transaction: Transaction,
  caseIds: readonly string[],
): Promise<readonly KeptAssignment[]> {
  const rows = await transaction.query<Row>(
    `SELECT ${columns} FROM assignment WHERE case_id = ANY ($1::bigint[])`,
    [[...caseIds]],
  );
  return rows.map(assignmentIn);
}

export const readAssignment = async (
  transaction: Transaction,
  { caseId, unit }: Pick<Assignment, 'caseId' | 'unit'>,
): Promise<Assignment | undefined> =>
  (await assignmentsOf(transaction, [caseId])).find((one) => one.unit === unit);

/** Names of teams that sheets of the units are assigned to. */
export async function teamsOf(
  transaction: Transaction,
  units: readonly string[],
): Promise<readonly string[]> {
  const rows = await transaction.query<{ team: string }>(
    'SELECT DISTINCT team FROM assignment WHERE unit = ANY ($1::text[]) AND team IS NOT NULL ORDER BY team LIMIT 100',
    [[...units]],
  );
  return rows.map(({ team }) => team);
}

/**
 * How many open sheets are assigned to each of these people, by their name in the trail; people
 * with none are omitted.
 */
export async function loadsOf(
  transaction: Transaction,
  persons: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.query<{ person: string; load: number }>(
    `SELECT a.person, count(*)::int AS load FROM assignment a JOIN case_overview c ON c.id = a.case_id
      WHERE a.person = ANY ($1::text[]) AND c.ended_at IS NULL GROUP BY a.person`,
    [[...persons]],
  );
  return new Map(rows.map(({ person, load }) => [person, load]));
}

/** SQL condition on a task `t` of a worklist: assigned to the person or team of that name, or to nobody. */
export const assignedTo =
  (whom: string | null) =>
  (bind: (value: unknown) => string): string => {
    const ofTask = 'SELECT FROM assignment a WHERE a.case_id = t.case_id AND a.unit = t.lead_unit';
    if (whom === null) return `NOT EXISTS (${ofTask})`;
    const name = bind(whom);
    return `EXISTS (${ofTask} AND (a.person = ${name} OR a.team = ${name}))`;
  };

/** SQL for the name of the person or team that a task `t` is assigned to. */
export const assigneeOfTask =
  'SELECT coalesce(a.person, a.team) FROM assignment a WHERE a.case_id = t.case_id AND a.unit = t.lead_unit';

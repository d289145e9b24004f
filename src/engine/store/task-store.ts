import type { Transaction } from '../../persistence/index.js';
import type { OpenTask, Realm } from '../execution/case-file.js';

interface TaskRow {
  case_id: string;
  business_key: string;
  instance: number;
  token: string;
  process: string;
  element: string;
  name: string;
  role: string | null;
  locals: OpenTask['locals'];
  opened_at: Date;
}

export interface WorklistFilter {
  readonly realm: Realm;
  readonly role?: string | undefined;
  /** Only tasks of these roles, and those that have none. */
  readonly roles?: readonly string[] | undefined;
  /** Only tasks of cases that are theirs at present; without it of all. */
  readonly parties?: readonly string[] | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface WorklistRow {
  readonly caseId: string;
  readonly businessKey: string;
  readonly task: OpenTask;
}

/** Open tasks of a realm, those whose case is nearest to a limit that runs first. */
export async function listTasks(transaction: Transaction, filter: WorklistFilter): Promise<WorklistRow[]> {
  const { where, values } = questionOf(filter);
  const live = filter.realm === 'live' ? "AND c.realm = 'live' AND c.ended_at IS NULL" : '';
  const rows = await transaction.query<TaskRow>(
    `SELECT t.case_id::text AS case_id, c.business_key, t.instance, t.token, t.process, t.element, t.name, t.role,
            t.locals, t.opened_at
       FROM hotline.process_case c JOIN hotline.task t ON t.case_id = c.id
      WHERE ${where} ${live}
      ORDER BY c.limit_at, c.id, t.opened_at LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    [...values, filter.limit, filter.offset],
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    businessKey: row.business_key,
    task: openTaskOf(row),
  }));
}

export async function countTasks(
  transaction: Transaction,
  filter: Omit<WorklistFilter, 'limit' | 'offset'>,
): Promise<number> {
  const { where, values } = questionOf(filter);
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM hotline.task t WHERE ${where}`,
    values,
  );
  return row?.count ?? 0;
}

/** What is not asked for is left out: a plan for any value could use neither index, of live cases nor of roles. */
function questionOf({ realm, role, roles, parties }: Omit<WorklistFilter, 'limit' | 'offset'>) {
  const values: unknown[] = [realm];
  const clauses = ['t.realm = $1'];
  const ask = (value: unknown, clause: (parameter: string) => string): void => {
    if (value !== undefined) clauses.push(clause(`$${values.push(value)}`));
  };
  ask(role, (its) => `t.role = ${its}`);
  ask(roles, (its) => `(t.role IS NULL OR t.role = ANY (${its}::text[]))`);
  ask(
    parties,
    (its) => `t.case_id IN (SELECT p.case_id FROM hotline.case_party p WHERE p.party = ANY (${its}::text[]))`,
  );
  return { where: clauses.join(' AND '), values };
}

function openTaskOf(row: TaskRow): OpenTask {
  return {
    instance: row.instance,
    token: row.token,
    process: row.process,
    element: row.element,
    name: row.name,
    role: row.role,
    locals: row.locals,
    openedAt: row.opened_at,
  };
}

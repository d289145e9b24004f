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
  readonly role?: string;
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
  // Written out, not as parameters: a plan for any value could use neither index, that of live cases nor that of roles.
  const live = filter.realm === 'live' ? "AND c.realm = 'live' AND c.ended_at IS NULL" : '';
  const ofRole = filter.role === undefined ? '' : 'AND t.role = $4';
  const rows = await transaction.query<TaskRow>(
    `SELECT t.case_id::text AS case_id, c.business_key, t.instance, t.token, t.process, t.element, t.name, t.role,
            t.locals, t.opened_at
       FROM hotline.process_case c JOIN hotline.task t ON t.case_id = c.id
      WHERE t.realm = $1 ${live} ${ofRole}
      ORDER BY c.limit_at, c.id, t.opened_at LIMIT $2 OFFSET $3`,
    [filter.realm, filter.limit, filter.offset, ...(filter.role === undefined ? [] : [filter.role])],
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    businessKey: row.business_key,
    task: openTaskOf(row),
  }));
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

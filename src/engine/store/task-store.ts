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
  const rows = await transaction.query<TaskRow>(
    `SELECT t.case_id::text AS case_id, c.business_key, t.instance, t.token, t.process, t.element, t.name, t.role,
            t.locals, t.opened_at, (SELECT min(d.due_at) FROM hotline.deadline d
                                         WHERE d.case_id = t.case_id AND d.is_limit AND NOT d.paused) AS due_at
       FROM hotline.task t JOIN hotline.process_case c ON c.id = t.case_id
      WHERE t.realm = $1 AND ($2::text IS NULL OR t.role = $2)
      ORDER BY due_at NULLS LAST, t.opened_at, t.case_id LIMIT $3 OFFSET $4`,
    [filter.realm, filter.role ?? null, filter.limit, filter.offset],
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

import type { JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export interface IncidentRow {
  readonly workOrder: string;
  readonly caseId: string;
  readonly key: string;
  readonly kind: 'timer' | 'message' | 'condition';
  readonly process: string;
  readonly version: number;
  readonly of: string;
  readonly place: string | null;
  readonly code: string;
  readonly why: string;
  readonly remedy: string | null;
  readonly due: Date;
  readonly mark: string;
  readonly since: Date;
  readonly tries: number;
  readonly nextTry: Date;
  readonly variables: JsonObject;
}

/** Incidents of live cases, without those the viewer is recused from. */
export interface Whose {
  readonly without: readonly string[];
  readonly workOrder?: string | undefined;
}

const among = `realm = 'live' AND business_key <> ALL ($1::text[]) AND ($2::text IS NULL OR business_key = $2)`;

export function incidentRows(
  transaction: Transaction,
  { without, workOrder }: Whose,
  page: { readonly limit: number; readonly after: readonly [string, string, string] | undefined },
): Promise<IncidentRow[]> {
  const [at, id, key] = page.after ?? ['-infinity', '0', ''];
  return transaction.query(
    `SELECT i.business_key AS "workOrder", i.case_id::text AS "caseId", i.key, i.kind, i.process, i.version, i.of,
            i.place, i.code, i.why, i.remedy, least(i.due_at, '9999-12-31') AS due, i.due_at::text AS mark, i.since, i.tries,
            least(i.next_try, '9999-12-31') AS "nextTry", c.variables
       FROM (SELECT * FROM open_incident WHERE ${among}
               AND (due_at, case_id, key) > ($3::timestamptz, $4::bigint, $5)
              ORDER BY due_at, case_id, key LIMIT $6) i
       JOIN case_overview c ON c.id = i.case_id ORDER BY i.due_at, i.case_id, i.key`,
    [[...without], workOrder ?? null, at, id, key, page.limit],
  );
}

export async function countIncidents(
  transaction: Transaction,
  { without, workOrder }: Whose,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM open_incident WHERE ${among}`,
    [[...without], workOrder ?? null],
  );
  return row?.count ?? 0;
}

export async function liveCase(transaction: Transaction, workOrder: string): Promise<string | undefined> {
  const [row] = await transaction.query<{ id: string }>(
    `SELECT id::text AS id FROM case_overview WHERE business_key = $1 AND realm = 'live'`,
    [workOrder],
  );
  return row?.id;
}

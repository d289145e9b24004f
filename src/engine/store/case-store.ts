/**
 * Cases in and out of PostgreSQL, many at a time: one statement to lock, one to load, one to write, whatever the
 * number of cases. Loading is a statement of its own after locking: a statement that had to wait for the lock
 * would still see the children as they were before it waited.
 */
import type { JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { Realm, CaseFile, OpenDeadline, OpenTask, Instance } from '../execution/case-file.js';
import { deadlineKey, taskKey } from '../execution/case-file.js';
import type { StartCase } from '../execution/command.js';

/** Locks the cases in a fixed order, so that two batches never wait for each other in a circle. */
export async function lockCases(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await transaction.prepared(
    'case-lock',
    'SELECT 1 FROM hotline.process_case WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE',
    [[...ids]],
  );
}

/** Locks cases with a live deadline due at `until`, earliest first, passing over what others hold. */
export async function claimDueCases(transaction: Transaction, until: Date, limit: number): Promise<string[]> {
  const rows = await transaction.prepared<{ id: string }>(
    'case-claim',
    `SELECT c.id::text AS id
       FROM hotline.deadline d JOIN hotline.process_case c ON c.id = d.case_id
      WHERE d.realm = 'live' AND d.claim_at <= $1
      ORDER BY d.claim_at, d.case_id
      LIMIT $2
        FOR UPDATE OF c SKIP LOCKED`,
    [until, limit],
  );
  return [...new Set(rows.map((row) => row.id))];
}

/** Puts the due deadlines of a case off after a failure, each time twice as long; the legal instant stays. */
export async function putOff(
  transaction: Transaction,
  caseId: string,
  until: Date,
  failure: string,
): Promise<void> {
  await transaction.query(
    `UPDATE hotline.deadline
        SET attempts = attempts + 1, failure = $3,
            claim_at = $2::timestamptz + least(interval '1 hour', interval '5 seconds' * 2 ^ least(attempts, 10))
      WHERE case_id = $1::bigint AND claim_at <= $2`,
    [caseId, until, failure],
  );
}

/** Opens the cases that do not exist yet; answers their ids by business key. A new row is locked by its insert. */
export async function openCases(
  transaction: Transaction,
  starts: readonly StartCase[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.prepared<{ id: string; business_key: string }>(
    'case-open',
    `INSERT INTO hotline.process_case (business_key, realm, runtime, variables, started_at)
     SELECT key, realm, runtime, '{}', at
       FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS start (key, realm, runtime, at)
     ON CONFLICT (business_key) DO NOTHING
     RETURNING id::text AS id, business_key`,
    [
      starts.map((start) => start.businessKey),
      starts.map((start) => start.realm),
      starts.map((start) => start.runtime ?? null),
      starts.map((start) => start.at),
    ],
  );
  return new Map(rows.map((row) => [row.business_key, row.id]));
}

interface CaseRow {
  id: string;
  business_key: string;
  realm: Realm;
  runtime: CaseFile['runtime'];
  variables: CaseFile['variables'];
  instances: number;
  started_at: Date;
  ended_at: Date | null;
  open_instances: (Omit<Instance, 'startedAt'> & { startedAt: string })[] | null;
  open_tasks: (Omit<OpenTask, 'openedAt'> & { openedAt: string })[] | null;
  open_deadlines: (Omit<OpenDeadline, 'dueAt' | 'startedAt'> & { dueAt: string; startedAt: string })[] | null;
}

const loadSql = `
  SELECT c.id::text AS id, c.business_key, c.realm, c.runtime, c.variables, c.instances, c.started_at, c.ended_at,
    (SELECT json_agg(json_build_object('number', i.number, 'definitionId', i.definition_id, 'runtime', i.runtime,
       'called', i.called, 'state', i.state, 'startedAt', i.started_at) ORDER BY i.number)
       FROM hotline.process_instance i WHERE i.case_id = c.id) AS open_instances,
    (SELECT json_agg(json_build_object('instance', t.instance, 'token', t.token, 'process', t.process,
       'element', t.element, 'name', t.name, 'role', t.role, 'locals', t.locals, 'openedAt', t.opened_at))
       FROM hotline.task t WHERE t.case_id = c.id) AS open_tasks,
    (SELECT json_agg(json_build_object('instance', d.instance, 'timer', d.timer, 'element', d.element,
       'host', d.host, 'level', d.level, 'dueAt', d.due_at, 'startedAt', d.started_at, 'fired', d.fired,
       'provisional', d.provisional) ORDER BY d.due_at)
       FROM hotline.deadline d WHERE d.case_id = c.id) AS open_deadlines
    FROM hotline.process_case c`;

/** By id; a case that is not there is missing from the answer. */
export async function loadCases(
  transaction: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CaseFile>> {
  const rows = await transaction.prepared<CaseRow>('case-load', `${loadSql} WHERE c.id = ANY($1::bigint[])`, [
    [...ids],
  ]);
  return new Map(rows.map((row) => [row.id, caseFileOf(row)]));
}

export async function loadCasesByKey(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CaseFile>> {
  const rows = await transaction.prepared<CaseRow>(
    'case-load-by-key',
    `${loadSql} WHERE c.business_key = ANY($1::text[])`,
    [[...keys]],
  );
  return new Map(rows.map((row) => [row.business_key, caseFileOf(row)]));
}

function caseFileOf(row: CaseRow): CaseFile {
  const instances = (row.open_instances ?? []).map((instance) => ({
    ...instance,
    startedAt: new Date(instance.startedAt),
  }));
  const tasks = (row.open_tasks ?? []).map((task) => ({ ...task, openedAt: new Date(task.openedAt) }));
  const deadlines = (row.open_deadlines ?? []).map((deadline) => ({
    ...deadline,
    dueAt: new Date(deadline.dueAt),
    startedAt: new Date(deadline.startedAt),
  }));
  return {
    id: row.id,
    businessKey: row.business_key,
    realm: row.realm,
    runtime: row.runtime,
    variables: row.variables,
    instanceCount: row.instances,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    instances: new Map(instances.map((instance) => [instance.number, instance])),
    tasks: new Map(tasks.map((task) => [taskKey(task), task])),
    deadlines: new Map(
      deadlines.map((deadline) => [deadlineKey(deadline.instance, deadline.timer), deadline]),
    ),
  };
}

/** Why each open deadline of a case is when it is, by its key. */
export async function deadlineReasons(
  transaction: Transaction,
  caseId: string,
): Promise<ReadonlyMap<string, JsonObject>> {
  const rows = await transaction.query<{ instance: number; timer: string; derivation: JsonObject }>(
    'SELECT instance, timer, derivation FROM hotline.deadline WHERE case_id = $1::bigint',
    [caseId],
  );
  return new Map(rows.map((row) => [deadlineKey(row.instance, row.timer), row.derivation]));
}

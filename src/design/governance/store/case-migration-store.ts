/** Migrations of running cases: decisions and progress. */
import { Refusal } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';
import type { Person } from '../../../law/two-person/index.js';

export interface CaseMigration {
  readonly id: number;
  readonly key: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Ids of `definition`. */
  readonly from: number;
  readonly to: number;
  readonly mapping: { readonly [element: string]: string };
  readonly reason: string;
  readonly login: string;
  readonly actor: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly startedBy: string | null;
  readonly state: 'proposed' | 'approved' | 'withdrawn' | 'running' | 'finished';
  /** The last case examined. */
  readonly doneUpTo: string;
  readonly moved: number;
  readonly stayed: number;
  readonly finishedAt: Date | null;
}

const migrations = `
  SELECT m.id, m.key, m.from_version AS "fromVersion", m.to_version AS "toVersion", f.id AS "from", t.id AS "to",
         m.mapping, m.reason, m.login, m.actor, m.proposed_at AS "proposedAt", m.approved_by AS "approvedBy",
         m.started_by AS "startedBy", m.done_up_to::text AS "doneUpTo", m.moved, m.stayed,
         m.finished_at AS "finishedAt",
         CASE WHEN m.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN m.finished_at IS NOT NULL THEN 'finished'
              WHEN m.started_at IS NOT NULL THEN 'running' WHEN m.approved_at IS NOT NULL THEN 'approved'
              ELSE 'proposed' END AS state
    FROM case_migration m
    JOIN definition_overview f ON f.key = m.key AND f.version = m.from_version
    JOIN definition_overview t ON t.key = m.key AND t.version = m.to_version`;

/** Newest first. */
export const listCaseMigrations = (transaction: Transaction): Promise<CaseMigration[]> =>
  transaction.query<CaseMigration>(`${migrations} ORDER BY m.id DESC LIMIT 200`);

/** @throws {Refusal} `migration.not-found` */
export async function readCaseMigration(transaction: Transaction, id: number): Promise<CaseMigration> {
  const [row] = await transaction.query<CaseMigration>(`${migrations} WHERE m.id = $1`, [id]);
  if (row) return row;
  throw new Refusal('migration.not-found', `没有第 ${id} 次换版`, { remedy: '编号见 GET /api/migrations' });
}

/** Locks it until the transaction ends. */
export async function lockCaseMigration(transaction: Transaction, id: number): Promise<CaseMigration> {
  await transaction.query('SELECT id FROM case_migration WHERE id = $1 FOR UPDATE', [id]);
  return readCaseMigration(transaction, id);
}

/** @returns its number */
export async function addCaseMigration(
  transaction: Transaction,
  one: Pick<CaseMigration, 'key' | 'fromVersion' | 'toVersion' | 'mapping' | 'reason'> & {
    readonly by: Person;
    readonly at: Date;
  },
): Promise<number> {
  const { key, fromVersion, toVersion, mapping, reason, by, at } = one;
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO case_migration (key, from_version, to_version, mapping, reason, login, actor, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [key, fromVersion, toVersion, JSON.stringify(mapping), reason, by.login, by.actor, at],
  );
  return row?.id ?? 0;
}

export async function noteStep(
  transaction: Transaction,
  id: number,
  step: 'approved' | 'withdrawn' | 'started',
  by: Person,
  at: Date,
): Promise<void> {
  await transaction.query(`UPDATE case_migration SET ${step}_by = $2, ${step}_at = $3 WHERE id = $1`, [
    id,
    by.actor,
    at,
  ]);
}

export interface RunningCase {
  readonly id: string;
  readonly no: string;
}

/** Live cases running on one of these versions, ascending by id, after the given one. */
export const casesOn = (
  transaction: Transaction,
  definitions: readonly number[],
  after: string,
  limit: number,
): Promise<RunningCase[]> =>
  transaction.query<RunningCase>(
    `SELECT c.id::text AS id, c.business_key AS no FROM case_overview c
      WHERE c.realm = 'live' AND c.ended_at IS NULL AND c.id > $2::bigint
        AND EXISTS (SELECT FROM case_definition d WHERE d.case_id = c.id AND d.definition = ANY($1::int[]))
      ORDER BY c.id LIMIT $3::int`,
    [definitions, after, limit],
  );

export async function noteProgress(
  transaction: Transaction,
  id: number,
  done: {
    readonly upTo: string;
    readonly moved: number;
    readonly stayed: readonly (RunningCase & { why: string })[];
  },
  at: Date,
): Promise<void> {
  await transaction.query(
    `INSERT INTO case_migration_stayed (migration, case_id, business_key, why, at)
     SELECT $1, id, no, why, $3 FROM json_to_recordset($2::json) AS s (id bigint, no text, why text)`,
    [id, JSON.stringify(done.stayed), at],
  );
  await transaction.query(
    'UPDATE case_migration SET done_up_to = $2, moved = moved + $3, stayed = stayed + $4 WHERE id = $1',
    [id, done.upTo, done.moved, done.stayed.length],
  );
}

export async function noteFinished(transaction: Transaction, id: number, at: Date): Promise<void> {
  await transaction.query('UPDATE case_migration SET finished_at = $2 WHERE id = $1', [id, at]);
}

/** Cases that were not migrated, with the reason. */
export const listStayed = (
  transaction: Transaction,
  id: number,
  limit: number,
): Promise<{ readonly no: string; readonly why: string }[]> =>
  transaction.query(
    `SELECT business_key AS no, why FROM case_migration_stayed WHERE migration = $1 ORDER BY case_id LIMIT $2::int`,
    [id, limit],
  );

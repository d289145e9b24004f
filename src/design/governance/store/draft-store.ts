/** Drafts, their revisions and their thread. Revisions and thread are append-only. */
import { Refusal } from '../../../kernel/index.js';
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';
import type { Act, Draft, DraftState, Revision, StoredState } from '../draft.js';

type OwnColumn =
  | 'id'
  | 'key'
  | 'kind'
  | 'title'
  | 'origin'
  | 'revision'
  | 'baseVersion'
  | 'submission'
  | 'createdAt'
  | 'updatedAt';

export const draftEntity: Entity<Pick<Draft, OwnColumn> & { readonly state: StoredState }> = {
  name: 'draft',
  columns: {
    id: column.id,
    ...column.each(column.text, 'key', 'kind', 'title', 'origin', 'state'),
    revision: column.integer,
    ...column.each(column.nullable.integer, 'baseVersion', 'submission'),
    ...column.each(column.instant, 'createdAt', 'updatedAt'),
  },
};

export const revisionEntity: Entity<
  Revision & { readonly draft: number; readonly login: string; readonly source?: string }
> = {
  name: 'draft_revision',
  columns: {
    ...column.each(column.key.integer, 'draft', 'number'),
    ...column.each(column.text, 'sha256', 'login', 'author'),
    /** Loaded separately, because it is large. */
    source: { ...column.text, select: false },
    baseVersion: column.nullable.integer,
    note: column.nullable.text,
    savedAt: column.instant,
  },
};

export const actEntity: Entity<Act & { readonly draft: number }> = {
  name: 'draft_act',
  columns: {
    id: column.id,
    ...column.each(column.integer, 'draft', 'revision'),
    ...column.each(column.text, 'act', 'sha256', 'login', 'actor'),
    submission: column.nullable.integer,
    ...column.each(column.nullable.text, 'text', 'element'),
    at: column.instant,
  },
};

/** `$1` is the instant: a scheduled version is in force from its own instant until the next version's. */
const drafts = `
  SELECT t.id, t.key, t.kind, t.title, t.origin, t.revision, r.sha256, t.base_version AS "baseVersion", t.submission,
         t.created_at AS "createdAt", t.updated_at AS "updatedAt",
         d.version, d.in_force_from AS "inForceFrom", coalesce(a.authors, '[]') AS authors,
         coalesce(g.approvers, '[]') AS approvers, coalesce(u.approvers, 1) AS needed,
         CASE t.state WHEN 'scheduled' THEN s.state ELSE t.state END AS state
    FROM draft t
    JOIN draft_revision r ON r.draft = t.id AND r.number = t.revision
    LEFT JOIN definition_overview d ON d.draft = t.id
    LEFT JOIN definition_states($1) s ON s.definition = d.id
    LEFT JOIN draft_submission u ON u.id = t.submission
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('login', p.login, 'actor', p.actor) ORDER BY p.id) AS approvers
        FROM draft_act p WHERE p.submission = t.submission AND p.act = 'approved') g ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('login', w.login, 'actor', w.author) ORDER BY w.login) AS authors
        FROM (SELECT DISTINCT ON (o.login) o.login, o.author FROM draft_revision o
                JOIN draft ot ON ot.id = o.draft
               WHERE o.draft = t.id OR (ot.key = t.key AND o.sha256 IN
                       (SELECT own.sha256 FROM draft_revision own WHERE own.draft = t.id))
               ORDER BY o.login, o.saved_at) w) a ON true`;

export async function readDraft(transaction: Transaction, id: number, now: Date): Promise<Draft> {
  const [row] = await transaction.query<Draft>(`${drafts} WHERE t.id = $2`, [now, id]);
  if (row) return row;
  throw new Refusal('draft.not-found', `没有第 ${id} 号草案`, { remedy: '草案见 GET /api/drafts' });
}

/** Locks the draft until the transaction ends: of two acts on one draft the second sees the first. */
export async function lockDraft(transaction: Transaction, id: number, now: Date): Promise<Draft> {
  await transaction.repository(draftEntity).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  return readDraft(transaction, id, now);
}

export interface DraftFilter {
  readonly key: string | undefined;
  readonly state: DraftState | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Last changed first. */
export async function listDrafts(
  transaction: Transaction,
  { key, state, limit, offset }: DraftFilter,
  now: Date,
): Promise<{ readonly total: number; readonly drafts: readonly Draft[] }> {
  const found = `SELECT * FROM (${drafts}) f WHERE ($2::text IS NULL OR key = $2) AND ($3::text IS NULL OR state = $3)`;
  const values = [now, key ?? null, state ?? null];
  const [count] = await transaction.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM (${found}) c`,
    values,
  );
  const rows = await transaction.query<Draft>(
    `${found} ORDER BY "updatedAt" DESC, id DESC LIMIT $4::int OFFSET $5::int`,
    [...values, limit, offset],
  );
  return { total: count?.total ?? 0, drafts: rows };
}

/** Another draft that creates this process or table and may still become its first version. */
export async function otherBeginning(
  transaction: Transaction,
  key: string,
): Promise<Pick<Draft, 'id' | 'title' | 'state'> | undefined> {
  const [row] = await transaction.query<Pick<Draft, 'id' | 'title' | 'state'>>(
    `SELECT id, title, state FROM draft
      WHERE lower(key) = lower($1) AND base_version IS NULL AND state <> 'withdrawn' ORDER BY id LIMIT 1`,
    [key],
  );
  return row;
}

/** Newest first. */
export const listRevisions = (transaction: Transaction, draft: number): Promise<Revision[]> =>
  transaction.repository(revisionEntity).find({ where: { draft }, order: { number: 'DESC' } });

/** @throws {Refusal} `draft.not-found` */
export async function sourceOf(transaction: Transaction, draft: number, number: number): Promise<string> {
  const found = await transaction
    .repository(revisionEntity)
    .findOne({ where: { draft, number }, select: { draft: true, number: true, source: true } });
  if (found?.source !== undefined) return found.source;
  throw new Refusal('draft.not-found', `第 ${draft} 号草案没有第 ${number} 稿`, {
    remedy: '各稿见 GET /api/drafts/{id}',
  });
}

/** In chronological order. */
export const readThread = (transaction: Transaction, draft: number): Promise<Act[]> =>
  transaction.repository(actEntity).find({ where: { draft }, order: { id: 'ASC' } });

/** Drafts, their revisions and their thread. Revisions and thread are only ever added to. */
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { Act, Draft, DraftState, Person, Revision, StoredState } from '../draft.js';

/** `$1` is the instant asked about: what is scheduled is in force from its own instant to the next one's. */
const drafts = `
  SELECT t.id, t.key, t.title, t.origin, t.revision, r.sha256, t.base_version AS "baseVersion", t.submission,
         t.created_at AS "createdAt", t.updated_at AS "updatedAt",
         d.version, d.in_force_from AS "inForceFrom", coalesce(a.authors, '[]') AS authors,
         CASE t.state WHEN 'scheduled' THEN s.state ELSE t.state END AS state
    FROM draft t
    JOIN draft_revision r ON r.draft = t.id AND r.number = t.revision
    LEFT JOIN definition d ON d.draft = t.id
    LEFT JOIN definition_states($1) s ON s.definition = d.id
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

/** Locks it until the transaction ends: of two who act on one draft the second sees what the first did. */
export async function lockDraft(transaction: Transaction, id: number, now: Date): Promise<Draft> {
  await transaction.query('SELECT id FROM draft WHERE id = $1 FOR UPDATE', [id]);
  return readDraft(transaction, id, now);
}

export interface DraftFilter {
  readonly key: string | undefined;
  readonly state: DraftState | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Those moved last come first. */
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

export async function addDraft(
  transaction: Transaction,
  draft: Pick<Draft, 'key' | 'title' | 'origin' | 'baseVersion'> & { readonly at: Date },
): Promise<number> {
  const { key, title, origin, baseVersion, at } = draft;
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO draft (key, title, origin, state, revision, base_version, created_at, updated_at)
     VALUES ($1, $2, $3, 'draft', 1, $4, $5, $5) RETURNING id`,
    [key, title, origin, baseVersion, at],
  );
  return row?.id ?? 0;
}

export interface NewRevision {
  readonly draft: number;
  readonly number: number;
  readonly sha256: string;
  readonly source: string;
  readonly baseVersion: number | null;
  readonly by: Person;
  readonly note: string | null;
  readonly at: Date;
}

export async function addRevision(transaction: Transaction, revision: NewRevision): Promise<void> {
  const { draft, number, sha256, source, baseVersion, by, note, at } = revision;
  await transaction.query(
    `INSERT INTO draft_revision
       (draft, number, sha256, source, base_version, login, author, note, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [draft, number, sha256, source, baseVersion, by.login, by.actor, note, at],
  );
}

/** Newest first. */
export const listRevisions = (transaction: Transaction, draft: number): Promise<Revision[]> =>
  transaction.query<Revision>(
    `SELECT number, sha256, base_version AS "baseVersion", author, note, saved_at AS "savedAt"
       FROM draft_revision WHERE draft = $1 ORDER BY number DESC`,
    [draft],
  );

/** @throws {Refusal} `draft.not-found` */
export async function sourceOf(transaction: Transaction, draft: number, number: number): Promise<string> {
  const [row] = await transaction.query<{ source: string }>(
    'SELECT source FROM draft_revision WHERE draft = $1 AND number = $2',
    [draft, number],
  );
  if (row) return row.source;
  throw new Refusal('draft.not-found', `第 ${draft} 号草案没有第 ${number} 稿`, {
    remedy: '各稿见 GET /api/drafts/{id}',
  });
}

export async function moveDraft(
  transaction: Transaction,
  id: number,
  to: {
    readonly state: StoredState;
    readonly revision: number;
    readonly baseVersion: number | null;
    readonly submission: number | null;
    readonly at: Date;
  },
): Promise<void> {
  await transaction.query(
    `UPDATE draft SET state = $2, revision = $3, base_version = $4, submission = $5, updated_at = $6
      WHERE id = $1`,
    [id, to.state, to.revision, to.baseVersion, to.submission, to.at],
  );
}

/** In the order in which things were done and said. */
export const readThread = (transaction: Transaction, draft: number): Promise<Act[]> =>
  transaction.query<Act>(
    `SELECT id, act, actor, login, at, text, element, revision, sha256, submission
       FROM draft_act WHERE draft = $1 ORDER BY id`,
    [draft],
  );

export async function addAct(
  transaction: Transaction,
  draft: Pick<Draft, 'id' | 'revision' | 'sha256' | 'submission'>,
  act: Pick<Act, 'act' | 'at'> & {
    readonly by: Person;
    readonly text?: string | null;
    readonly element?: string | null;
  },
): Promise<void> {
  await transaction.query(
    `INSERT INTO draft_act
       (draft, act, revision, sha256, submission, login, actor, text, element, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      draft.id,
      act.act,
      draft.revision,
      draft.sha256,
      draft.submission,
      act.by.login,
      act.by.actor,
      act.text ?? null,
      act.element ?? null,
      act.at,
    ],
  );
}

/** Hypotheses with their entries, questions, answers and decisions. An entry of the stream proves every row. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Place } from '../facts.js';
import type { Hypothesis } from '../look.js';
import type { Decision, PatternKey, SubjectKind } from '../model/index.js';

export interface StoredHypothesis extends Omit<Hypothesis, 'subject' | 'entries'> {
  readonly id: number;
  readonly kind: SubjectKind;
  readonly subject: string;
  readonly raisedAt: Date;
  /** When it last got new entries. */
  readonly seenAt: Date;
  readonly open: boolean;
}

export type Known = Pick<StoredHypothesis, 'id' | 'pattern' | 'kind' | 'subject' | 'open'> & {
  readonly places: readonly string[];
};

export const placeKey = ({ stream, seq }: Place): string => `${stream} ${seq}`;

/** Allows one run or act at a time, until the transaction ends. */
export const lockRadar = (transaction: Transaction): Promise<unknown> =>
  transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.radar_hypothesis'))");

export const knownHypotheses = (transaction: Transaction): Promise<Known[]> =>
  transaction.query<Known>(
    `SELECT h.id, h.pattern, h.kind, h.subject, h.open,
            ARRAY(SELECT p.stream || ' ' || p.seq FROM radar_place p WHERE p.hypothesis = h.id) AS places
       FROM radar_hypothesis h ORDER BY h.id`,
  );

const columns = `h.id, h.pattern, h.kind, h.subject, h.found, h."of", h.rest_found AS "restFound", h.rest_of AS "restOf",
  h.power, h.raised_at AS "raisedAt", h.seen_at AS "seenAt", h.open`;

export async function findHypothesis(
  transaction: Transaction,
  id: number,
): Promise<StoredHypothesis | undefined> {
  const [row] = await transaction.query<StoredHypothesis>(
    `SELECT ${columns} FROM radar_hypothesis h WHERE h.id = $1`,
    [id],
  );
  return row;
}

export interface ListQuery {
  readonly standing: 'open' | 'decided' | 'all';
  readonly pattern: PatternKey | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Hypotheses, the rarest first. */
export async function listHypotheses(
  transaction: Transaction,
  { standing, pattern, limit, offset }: ListQuery,
): Promise<{ readonly total: number; readonly items: readonly StoredHypothesis[] }> {
  const where = `($1 = 'all' OR h.open = ($1 = 'open')) AND ($2::text IS NULL OR h.pattern = $2)`;
  const [counted] = await transaction.query<{ total: number }>(
    `SELECT count(*) AS total FROM radar_hypothesis h WHERE ${where}`,
    [standing, pattern ?? null],
  );
  const items = await transaction.query<StoredHypothesis>(
    `SELECT ${columns} FROM radar_hypothesis h WHERE ${where} ORDER BY h.power DESC, h.id LIMIT $3 OFFSET $4`,
    [standing, pattern ?? null, limit, offset],
  );
  return { total: counted?.total ?? 0, items };
}

export async function nextId(
  transaction: Transaction,
  table: 'radar_hypothesis' | 'radar_question' | 'radar_decision',
): Promise<number> {
  const [row] = await transaction.query<{ id: number }>(
    `SELECT coalesce(max(id), 0) + 1 AS id FROM ${table}`,
  );
  return row?.id ?? 1;
}

/** Entries that the viewer may see, by stream. Reads with the viewer's row-level security. */
export const placesOf = (transaction: Transaction, hypothesis: number): Promise<Place[]> =>
  transaction.query<Place>('SELECT stream, seq FROM radar_place WHERE hypothesis = $1 ORDER BY stream, seq', [
    hypothesis,
  ]);

export interface Question {
  readonly id: number;
  readonly hypothesis: number;
  readonly unit: string;
  readonly question: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly dueAt: Date;
  /** Null if there is no answer yet. */
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
}

const questionColumns = `q.id, q.hypothesis, q.unit, q.question, q.asked_by AS "askedBy", q.asked_at AS "askedAt",
  q.due_at AS "dueAt", a.answer, a.answered_by AS "answeredBy", a.answered_at AS "answeredAt"
  FROM radar_question q LEFT JOIN radar_answer a ON a.question = q.id`;

export const questionsAbout = (transaction: Transaction, hypothesis: number): Promise<Question[]> =>
  transaction.query<Question>(`SELECT ${questionColumns} WHERE q.hypothesis = $1 ORDER BY q.id`, [
    hypothesis,
  ]);

/** Newest first. */
export async function questionsTo(
  transaction: Transaction,
  units: readonly string[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly items: readonly Question[] }> {
  const [counted] = await transaction.query<{ total: number }>(
    'SELECT count(*) AS total FROM radar_question WHERE unit = ANY($1)',
    [units],
  );
  const items = await transaction.query<Question>(
    `SELECT ${questionColumns} WHERE q.unit = ANY($1) ORDER BY q.id DESC LIMIT $2 OFFSET $3`,
    [units, limit, offset],
  );
  return { total: counted?.total ?? 0, items };
}

export async function findQuestion(transaction: Transaction, id: number): Promise<Question | undefined> {
  const [row] = await transaction.query<Question>(`SELECT ${questionColumns} WHERE q.id = $1`, [id]);
  return row;
}

export interface Decided {
  readonly decision: Decision;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

export const decisionsOn = (transaction: Transaction, hypothesis: number): Promise<Decided[]> =>
  transaction.query<Decided>(
    `SELECT decision, reason, decided_by AS actor, decided_at AS at FROM radar_decision
      WHERE hypothesis = $1 ORDER BY id`,
    [hypothesis],
  );

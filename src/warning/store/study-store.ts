/** Suggested special studies (Art 26) and the units' answers; append-only. */
import type { Transaction } from '../../persistence/index.js';

export interface NewSuggestion {
  readonly warning: number | null;
  readonly district: string;
  /** In words of that time. */
  readonly matter: string;
  readonly unit: string;
  readonly reason: string;
  readonly suggestedBy: string;
  readonly suggestedAt: Date;
}

export interface StudyAnswer {
  readonly taken: boolean;
  readonly reason: string;
  readonly answeredBy: string;
  readonly answeredAt: Date;
}

export interface Suggestion extends NewSuggestion {
  readonly id: number;
  readonly answer: StudyAnswer | null;
}

interface Row extends NewSuggestion {
  readonly id: number;
  readonly taken: boolean | null;
  readonly answerReason: string;
  readonly answeredBy: string;
  readonly answeredAt: Date;
}

/** Newest first. @param units default: all */
export const listSuggestions = (
  transaction: Transaction,
  page: { readonly units?: readonly string[] | undefined; readonly limit: number; readonly offset: number },
): Promise<Suggestion[]> =>
  rows(transaction, '($1::text[] IS NULL OR s.unit = ANY ($1))', [page.units ?? null], page);

export async function countSuggestions(
  transaction: Transaction,
  units: readonly string[] | undefined,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    'SELECT count(*) AS count FROM study_suggestion s WHERE $1::text[] IS NULL OR s.unit = ANY ($1)',
    [units ?? null],
  );
  return row?.count ?? 0;
}

export async function findSuggestion(transaction: Transaction, id: number): Promise<Suggestion | undefined> {
  return (await rows(transaction, 's.id = $1', [id], { limit: 1, offset: 0 }))[0];
}

async function rows(
  transaction: Transaction,
  where: string,
  values: readonly unknown[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Suggestion[]> {
  const found = await transaction.query<Row>(
    `SELECT s.id, s.warning, s.district, s.matter, s.unit, s.reason, s.suggested_by AS "suggestedBy",
            s.suggested_at AS "suggestedAt", a.taken, a.reason AS "answerReason", a.answered_by AS "answeredBy",
            a.answered_at AS "answeredAt"
       FROM study_suggestion s LEFT JOIN study_answer a ON a.suggestion = s.id
      WHERE ${where} ORDER BY s.id DESC LIMIT $2 OFFSET $3`,
    [...values, limit, offset],
  );
  return found.map(({ taken, answerReason: reason, answeredBy, answeredAt, ...suggestion }) => ({
    ...suggestion,
    answer: taken === null ? null : { taken, reason, answeredBy, answeredAt },
  }));
}

export async function addSuggestion(
  transaction: Transaction,
  suggestion: NewSuggestion,
): Promise<Suggestion> {
  const { warning, district, matter, unit, reason, suggestedBy, suggestedAt } = suggestion;
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO study_suggestion (warning, district, matter, unit, reason, suggested_by, suggested_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [warning, district, matter, unit, reason, suggestedBy, suggestedAt],
  );
  return { ...suggestion, id: row?.id ?? 0, answer: null };
}

/** @returns whether it came first and counts */
export async function addAnswer(
  transaction: Transaction,
  suggestion: number,
  { taken, reason, answeredBy, answeredAt }: StudyAnswer,
): Promise<boolean> {
  const added = await transaction.query(
    `INSERT INTO study_answer (suggestion, taken, reason, answered_by, answered_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (suggestion) DO NOTHING RETURNING suggestion`,
    [suggestion, taken, reason, answeredBy, answeredAt],
  );
  return added.length > 0;
}

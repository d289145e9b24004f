/** Suggested special studies and the units' answers; append-only. */
import { column, In, relation, type Entity, type Transaction } from '../../../platform/database/index.js';

export interface Suggestion {
  readonly id: number;
  readonly warning: number | null;
  readonly district: string;
  /** Words for the matter at that time. */
  readonly matter: string;
  readonly unit: string;
  readonly reason: string;
  readonly suggestedBy: string;
  readonly suggestedAt: Date;
  readonly answer: StudyAnswer | null;
}

interface StudyAnswer {
  readonly taken: boolean;
  readonly reason: string;
  readonly answeredBy: string;
  readonly answeredAt: Date;
}

type AnswerRow = StudyAnswer & { readonly suggestion: number; readonly of?: Suggestion };

export const suggestionEntity: Entity<Suggestion & { readonly answer: AnswerRow | null }> = {
  name: 'study_suggestion',
  columns: {
    id: column.id,
    warning: column.nullable.integer,
    ...column.each(column.text, 'district', 'matter', 'unit', 'reason', 'suggestedBy'),
    suggestedAt: column.instant,
  },
  relations: { answer: relation.inverseOf('study_answer', 'of') },
};

export const answerEntity: Entity<AnswerRow> = {
  name: 'study_answer',
  columns: {
    suggestion: column.key.integer,
    taken: column.boolean,
    ...column.each(column.text, 'reason', 'answeredBy'),
    answeredAt: column.instant,
  },
  relations: { of: relation.oneToOne('study_suggestion', 'suggestion') },
};

const ofUnits = (units: readonly string[] | undefined) => (units ? { unit: In(units) } : {});

/** Newest first. @param units default: all */
export const listSuggestions = (
  transaction: Transaction,
  page: { readonly units?: readonly string[] | undefined; readonly limit: number; readonly offset: number },
): Promise<Suggestion[]> =>
  transaction.repository(suggestionEntity).find({
    where: ofUnits(page.units),
    relations: { answer: true },
    order: { id: 'DESC' },
    take: page.limit,
    skip: page.offset,
  });

export const countSuggestions = (
  transaction: Transaction,
  units: readonly string[] | undefined,
): Promise<number> => transaction.repository(suggestionEntity).countBy(ofUnits(units));

export const findSuggestion = (transaction: Transaction, id: number): Promise<Suggestion | null> =>
  transaction.repository(suggestionEntity).findOne({ where: { id }, relations: { answer: true } });

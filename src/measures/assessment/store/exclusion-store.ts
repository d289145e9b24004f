/** Applications to exclude a fact from the assessment, and rulings on them (申请不计考核). Both are append-only. */
import {
  column,
  In,
  insert,
  insertIfAbsent,
  relation,
  type Entity,
  type Transaction,
  type Where,
} from '../../../platform/database/index.js';
import type { MeasureKey } from '../model/index.js';
import type { Period } from '../period.js';

export interface NewExclusion {
  /** The key of the fact: stream, measure, opening entry. */
  readonly stream: string;
  readonly measure: MeasureKey;
  readonly opened: number;
  readonly period: Period;
  readonly unit: string;
  readonly ground: string;
  readonly appliedBy: string;
  readonly login: string;
  readonly appliedAt: Date;
}

export interface ExclusionRuling {
  readonly granted: boolean;
  readonly reason: string;
  readonly ruledBy: string;
  readonly login: string;
  readonly ruledAt: Date;
}

export interface Exclusion extends NewExclusion {
  readonly id: number;
  readonly ruling: ExclusionRuling | null;
}

type RulingRow = ExclusionRuling & { readonly exclusion: number; readonly of?: Exclusion };

export const exclusionEntity: Entity<Exclusion & { readonly ruling: RulingRow | null }> = {
  name: 'assessment_exclusion',
  columns: {
    id: column.id,
    ...column.each(column.text, 'stream', 'measure', 'period', 'unit', 'ground', 'appliedBy', 'login'),
    opened: column.integer,
    appliedAt: column.instant,
  },
  relations: { ruling: relation.inverseOf('assessment_exclusion_ruling', 'of') },
};

export const exclusionRulingEntity: Entity<RulingRow> = {
  name: 'assessment_exclusion_ruling',
  columns: {
    exclusion: column.key.integer,
    granted: column.boolean,
    ...column.each(column.text, 'reason', 'ruledBy', 'login'),
    ruledAt: column.instant,
  },
  relations: { of: relation.oneToOne('assessment_exclusion', 'exclusion') },
};

/** Applications, newest first. @param units only those of these units; default: all */
export const listExclusions = (
  transaction: Transaction,
  period: Period,
  units?: readonly string[],
): Promise<Exclusion[]> => exclusions(transaction, { period, ...(units ? { unit: In(units) } : {}) });

export const readExclusion = (transaction: Transaction, id: number): Promise<Exclusion | undefined> =>
  exclusions(transaction, { id }).then(([found]) => found);

/** Applications about one fact. */
export const exclusionsOf = (
  transaction: Transaction,
  { stream, measure, opened }: Pick<NewExclusion, 'stream' | 'measure' | 'opened'>,
): Promise<Exclusion[]> => exclusions(transaction, { stream, measure, opened });

const exclusions = (transaction: Transaction, where: Where<Exclusion>): Promise<Exclusion[]> =>
  transaction.repository(exclusionEntity).find({ where, relations: { ruling: true }, order: { id: 'DESC' } });

/** @returns its number */
export const addExclusion = (transaction: Transaction, exclusion: NewExclusion): Promise<number> =>
  insert(transaction, exclusionEntity, exclusion).then(({ id }) => id);

/** @returns undefined if there is a ruling already: the first one counts */
export const addExclusionRuling = (
  transaction: Transaction,
  exclusion: number,
  ruling: ExclusionRuling,
): Promise<ExclusionRuling | undefined> =>
  insertIfAbsent(transaction, exclusionRulingEntity, { ...ruling, exclusion });

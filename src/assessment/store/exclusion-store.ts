/** Applications not to count something, and the rulings on them (申请不计考核). Both are only ever added. */
import type { Transaction } from '../../persistence/index.js';
import type { MeasureKey } from '../model/index.js';
import type { Period } from '../period.js';

export interface NewExclusion {
  /** What of which sheet: the key of a fact. */
  readonly stream: string;
  readonly measure: MeasureKey;
  readonly opened: number;
  readonly period: Period;
  readonly unit: string;
  readonly ground: string;
  readonly appliedBy: string;
  readonly appliedAt: Date;
}

export interface ExclusionRuling {
  readonly granted: boolean;
  readonly reason: string;
  readonly ruledBy: string;
  readonly ruledAt: Date;
}

export interface Exclusion extends NewExclusion {
  readonly id: number;
  readonly ruling: ExclusionRuling | null;
}

interface Row extends NewExclusion {
  readonly id: number;
  readonly granted: boolean | null;
  readonly reason: string;
  readonly ruledBy: string;
  readonly ruledAt: Date;
}

/** The newest first. @param units only theirs; without it all */
export async function listExclusions(
  transaction: Transaction,
  period: Period,
  units?: readonly string[],
): Promise<Exclusion[]> {
  return rows(transaction, 'x.period = $1 AND ($2::text[] IS NULL OR x.unit = ANY ($2))', [
    period,
    units ?? null,
  ]);
}

export async function readExclusion(transaction: Transaction, id: number): Promise<Exclusion | undefined> {
  return (await rows(transaction, 'x.id = $1', [id]))[0];
}

/** Of one fact. */
export async function exclusionsOf(
  transaction: Transaction,
  fact: Pick<NewExclusion, 'stream' | 'measure' | 'opened'>,
): Promise<Exclusion[]> {
  const key = [fact.stream, fact.measure, fact.opened];
  return rows(transaction, 'x.stream = $1 AND x.measure = $2 AND x.opened = $3', key);
}

async function rows(
  transaction: Transaction,
  where: string,
  values: readonly unknown[],
): Promise<Exclusion[]> {
  const found = await transaction.query<Row>(
    `SELECT x.id, x.stream, x.measure, x.opened, x.period, x.unit, x.ground, x.applied_by AS "appliedBy",
            x.applied_at AS "appliedAt", r.granted, r.reason, r.ruled_by AS "ruledBy", r.ruled_at AS "ruledAt"
       FROM assessment_exclusion x LEFT JOIN assessment_exclusion_ruling r ON r.exclusion = x.id
      WHERE ${where} ORDER BY x.id DESC`,
    values,
  );
  return found.map(({ granted, reason, ruledBy, ruledAt, ...exclusion }) => ({
    ...exclusion,
    ruling: granted === null ? null : { granted, reason, ruledBy, ruledAt },
  }));
}

/** @returns its number */
export async function addExclusion(transaction: Transaction, exclusion: NewExclusion): Promise<number> {
  const { stream, measure, opened, period, unit, ground, appliedBy, appliedAt } = exclusion;
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO assessment_exclusion
       (stream, measure, opened, period, unit, ground, applied_by, applied_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [stream, measure, opened, period, unit, ground, appliedBy, appliedAt],
  );
  return row?.id ?? 0;
}

/** @returns whether it is the first one, and so the one that counts */
export async function addExclusionRuling(
  transaction: Transaction,
  id: number,
  { granted, reason, ruledBy, ruledAt }: ExclusionRuling,
): Promise<boolean> {
  const added = await transaction.query(
    `INSERT INTO assessment_exclusion_ruling (exclusion, granted, reason, ruled_by, ruled_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (exclusion) DO NOTHING RETURNING exclusion`,
    [id, granted, reason, ruledBy, ruledAt],
  );
  return added.length > 0;
}

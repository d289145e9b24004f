/** The last comparison of an amendment: its bytes, the period, progress, result, and the differences case by case. */
import { column, IsNull, type Entity, type Transaction } from '../../../platform/database/index.js';
import type { CaseDifference, Comparison } from '../amendment/two-laws.js';

/** Rates in hundredths of a percent; null without data. */
export interface RatesUnderBoth {
  /** Null for the whole city. */
  readonly unit: string | null;
  readonly before: { readonly [indicator: string]: number | null };
  readonly after: { readonly [indicator: string]: number | null };
}

export interface ComparisonReport extends Comparison {
  /** Number of cases whose trail was altered or cannot be read; they are not compared. */
  readonly unread: number;
  /** The assessment of the cases under both laws. */
  readonly assessed: {
    /** Title of the method; `isSample`: no method is approved, so the package's sample is used. */
    readonly method: string;
    readonly isSample: boolean;
    readonly indicators: readonly { readonly key: string; readonly label: string }[];
    readonly units: readonly RatesUnderBoth[];
  };
}

/** Identifies a comparison. */
interface Compared {
  readonly amendment: number;
  /** SHA-256 of the next content. */
  readonly sha256: string;
  /** Cases that began from the first to the last day: `YYYY-MM-DD` in Asia/Shanghai. */
  readonly firstDay: string;
  readonly lastDay: string;
}

type Asked = Pick<ComparisonState, 'amendment' | 'sha256' | 'askedAt'>;

export interface ComparisonState extends Compared {
  readonly askedAt: Date;
  /** Null before it begins and after it ends. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  /** Null until it has ended. */
  readonly report: ComparisonReport | null;
  readonly madeAt: Date | null;
}

export const comparisonEntity: Entity<ComparisonState> = {
  name: 'amendment_comparison',
  columns: {
    amendment: column.key.integer,
    sha256: column.text,
    ...column.each(column.day, 'firstDay', 'lastDay'),
    askedAt: column.instant,
    ...column.each(column.nullable.json, 'progress', 'report'),
    madeAt: column.nullable.instant,
  },
};

export const readComparison = (
  transaction: Transaction,
  amendment: number,
): Promise<ComparisonState | null> => transaction.repository(comparisonEntity).findOneBy({ amendment });

/** Starts a comparison, replacing an earlier one with its differences. */
export async function beginComparison(
  transaction: Transaction,
  compared: Compared,
  askedAt: Date,
): Promise<void> {
  await transaction
    .repository(comparisonEntity)
    .createQueryBuilder()
    .insert()
    .values({ ...compared, askedAt, progress: null, report: null, madeAt: null })
    .orUpdate(['sha256', 'first_day', 'last_day', 'asked_at', 'progress', 'report', 'made_at'], ['amendment'])
    .execute();
  await clearDifferences(transaction, compared.amendment);
}

/** Deletes the comparison; its running job stops. */
export const dropComparison = (transaction: Transaction, amendment: number): Promise<unknown> =>
  transaction.repository(comparisonEntity).delete({ amendment });

/**
 * @returns whether the comparison is still wanted: false if it was cancelled, completed, or
 * replaced by another order
 */
export async function noteComparing(
  transaction: Transaction,
  asked: Asked,
  progress: NonNullable<ComparisonState['progress']>,
): Promise<boolean> {
  const { affected } = await transaction.repository(comparisonEntity).update(asAsked(asked), { progress });
  return affected === 1;
}

export async function finishComparison(
  transaction: Transaction,
  asked: Asked,
  report: NonNullable<ComparisonState['report']>,
  madeAt: Date,
): Promise<void> {
  await transaction.repository(comparisonEntity).update(asAsked(asked), { progress: null, report, madeAt });
}

/** Identifies one of two orders for the same period. */
const asAsked = ({ amendment, sha256, askedAt }: Asked) => ({ amendment, sha256, askedAt, madeAt: IsNull() });

/** Deletes the rows of an interrupted attempt. */
export const clearDifferences = (transaction: Transaction, amendment: number): Promise<unknown> =>
  transaction.query('DELETE FROM amendment_difference WHERE amendment = $1', [amendment]);

export async function addDifferences(
  transaction: Transaction,
  amendment: number,
  found: readonly (CaseDifference & { readonly place: number })[],
): Promise<void> {
  await transaction.query(
    `INSERT INTO amendment_difference (amendment, place, no, duties, levels)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::jsonb[], $5::json[])`,
    [
      amendment,
      found.map(({ place }) => place),
      found.map(({ no }) => no),
      found.map(({ duties }) => JSON.stringify(duties)),
      found.map(({ levels }) => levels && JSON.stringify(levels)),
    ],
  );
}

export interface DifferencesAsked {
  readonly amendment: number;
  /** Set: only cases with a differing duty of this norm or unit. */
  readonly norm?: string | undefined;
  readonly unit?: string | undefined;
  /** Cases that must not be shown. */
  readonly without: readonly string[];
}

type Placed = CaseDifference & { readonly place: number };

/** Differences after this place, in order. */
export const differencesOf = (
  transaction: Transaction,
  asked: DifferencesAsked,
  {
    limit,
    offset = 0,
    after = -1,
  }: { readonly limit: number; readonly offset?: number; readonly after?: number },
): Promise<Placed[]> =>
  transaction.query(
    `SELECT place, no, duties, levels FROM amendment_difference WHERE ${chosen} AND place > $4
      ORDER BY place LIMIT $5 OFFSET $6`,
    [...chosenBy(asked), after, limit, offset],
  );

export async function countDifferences(transaction: Transaction, asked: DifferencesAsked): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM amendment_difference WHERE ${chosen}`,
    chosenBy(asked),
  );
  return row?.count ?? 0;
}

const chosen = 'amendment = $1 AND no <> ALL ($2) AND duties @> $3';

const chosenBy = ({ amendment, norm, unit, without }: DifferencesAsked): readonly unknown[] => [
  amendment,
  without,
  JSON.stringify(norm === undefined && unit === undefined ? [] : [{ norm, unit }]),
];

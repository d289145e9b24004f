/** The last comparison of an amendment: its bytes, the period, progress, result. */
import { column, IsNull, type Entity, type Transaction } from '../../persistence/index.js';
import type { Comparison } from '../amendment/two-laws.js';

/** What was compared. */
interface Compared {
  /** Number of the amendment. */
  readonly amendment: number;
  /** Of the next content. */
  readonly sha256: string;
  /** Cases that began from the first to the last day: `YYYY-MM-DD` in Asia/Shanghai. */
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface ComparisonState extends Compared {
  readonly askedAt: Date;
  /** Null before it begins and after it ends. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  /** Null until it has ended. `unread`: cases whose trail was altered, or cannot be read; they are not compared. */
  readonly report: (Comparison & { readonly unread: number }) | null;
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

/** Takes the place of an earlier one. */
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
}

export async function noteComparing(
  transaction: Transaction,
  compared: Compared,
  progress: NonNullable<ComparisonState['progress']>,
): Promise<void> {
  await transaction.repository(comparisonEntity).update(asAsked(compared), { progress });
}

/** Nothing where another one was asked for meanwhile. */
export async function finishComparison(
  transaction: Transaction,
  compared: Compared,
  report: NonNullable<ComparisonState['report']>,
  madeAt: Date,
): Promise<void> {
  await transaction
    .repository(comparisonEntity)
    .update(asAsked(compared), { progress: null, report, madeAt });
}

const asAsked = ({ amendment, sha256, firstDay, lastDay }: Compared) => ({
  ...{ amendment, sha256, firstDay, lastDay },
  madeAt: IsNull(),
});

/** Lists the sheets behind a number, in pages, failures first. */
import type { Transaction } from '../../../platform/database/index.js';
import type { MeasureKey } from '../model/index.js';
import type { Period } from '../period.js';
import { columns, type Realm, type StoredFact } from './fact-store.js';
import { factOfLead } from './period-store.js';

interface Asked {
  readonly realm: Realm;
  readonly period: Period;
  readonly measure: MeasureKey;
  /** Default: all units. */
  readonly units?: readonly string[] | undefined;
  readonly met?: boolean | undefined;
}

/** Cursor: `met`, the instant in PostgreSQL's notation, stream, `opened`. */
export type FactMark = readonly [boolean, string, string, number];

type MarkedFact = StoredFact & { readonly mark: FactMark };

const order = 'met, at, stream, opened';

/**
 * Facts counted by a number, including excluded ones; `most` after the cursor.
 *
 * The statement contains only the requested conditions: a generic plan for `$1 IS NULL OR …` scans everything, and one
 * without a literal LIMIT is planned for many rows.
 */
export async function countedFacts(
  transaction: Transaction,
  asked: Asked & { readonly most: number; readonly after?: FactMark | undefined },
): Promise<MarkedFact[]> {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const { realm, period, measure, units, met, most, after } = asked;
  const conditions = [
    `realm = ${value(realm)}`,
    `period = ${value(period)}`,
    `measure = ${value(measure)}`,
    ...(met === undefined ? [] : [`met = ${value(met)}`]),
    ...(after ? [`(${order}) > (${after.map(value).join(', ')})`] : []),
  ];
  const page = (also: readonly string[]): string =>
    `SELECT ${columns.join(', ')}, at::text AS place FROM assessment_fact
      WHERE ${[...conditions, ...also].join(' AND ')} ORDER BY ${order} LIMIT ${most}`;
  // One page per unit, merged: rows of several units have no common index order.
  const sql =
    units === undefined
      ? page([])
      : `SELECT f.* FROM unnest(${value(units)}::text[]) AS u (name)
          CROSS JOIN LATERAL (${page(['unit = u.name'])}) f ORDER BY ${order} LIMIT ${most}`;
  const rows = await transaction.query<StoredFact & { readonly place: string }>(sql, values);
  return rows.map(({ place, ...fact }) => ({ ...fact, mark: [fact.met, place, fact.stream, fact.opened] }));
}

/** Number of facts, from the sums and the excluded facts. */
export async function numberOfFacts(
  transaction: Transaction,
  { realm, period, measure, units, met }: Asked,
): Promise<number> {
  const values = [realm, period, measure, ...(units === undefined ? [] : [units])];
  const where = `realm = $1 AND period = $2 AND measure = $3 ${units === undefined ? '' : 'AND unit = ANY($4)'}`;
  const counted = met === undefined ? '"of"' : met ? 'met' : '"of" - met';
  const sort = met === undefined ? '' : met ? 'AND met' : 'AND NOT met';
  const [row] = await transaction.query<{ number: number }>(
    `SELECT ((SELECT coalesce(sum(${counted}), 0) FROM assessment_tally WHERE ${where})
           + (SELECT count(*) FROM assessment_fact WHERE ${where} AND excluded ${sort}))::int AS number`,
    values,
  );
  return row?.number ?? 0;
}

export interface MergedFact {
  readonly stream: string;
  readonly unit: string;
  /** The leading sheet with which it counts, if any. */
  readonly countedWith: string | null;
  /** Facts of merged sheets that count together with it. */
  readonly merged: number;
}

/** Those of the sheets that count together with another, or with which others count, if merged sheets count once. */
export async function mergedFacts(
  transaction: Transaction,
  { realm, period, measure }: Pick<Asked, 'realm' | 'period' | 'measure'>,
  streams: readonly string[],
): Promise<MergedFact[]> {
  return transaction.query<MergedFact>(
    `WITH m AS (SELECT m.stream, m.unit, m.excluded, l.stream AS lead
                  FROM assessment_fact m CROSS JOIN LATERAL (${factOfLead('l.stream')}) l
                 WHERE m.realm = $1 AND m.period = $2 AND m.measure = $3 AND m.lead <> ''
                   AND (m.stream = ANY ($4) OR m.lead = ANY ($4)))
     SELECT DISTINCT stream, unit, lead AS "countedWith", 0 AS merged FROM m WHERE stream = ANY ($4)
      UNION ALL
     SELECT lead, unit, NULL, count(*)::int FROM m WHERE lead = ANY ($4) AND NOT excluded GROUP BY lead, unit`,
    [realm, period, measure, streams],
  );
}

/** Closed months, and the sums of any month. */
import type { Law } from '../../../kernel/law.js';
import type { Transaction } from '../../../platform/database/index.js';
import { measureKeys, type Count, type MeasureKey, type MethodContent } from '../model/index.js';
import type { Counts } from '../figures.js';
import type { Period } from '../period.js';
import type { Realm } from './fact-store.js';

export interface Closing {
  readonly period: Period;
  readonly closedAt: Date;
  readonly closedBy: string;
  /** It counts entries before this index of the tree. */
  readonly logSize: number;
}

/** In order of closing. */
export async function listClosings(transaction: Transaction, realm: Realm): Promise<Closing[]> {
  return transaction.query<Closing>(
    `SELECT period, closed_at AS "closedAt", closed_by AS "closedBy", log_size AS "logSize"
       FROM assessment_period WHERE realm = $1 ORDER BY log_size, period`,
    [realm],
  );
}

export async function addClosing(transaction: Transaction, realm: Realm, closing: Closing): Promise<void> {
  await transaction.query(
    'INSERT INTO assessment_period (realm, period, closed_at, closed_by, log_size) VALUES ($1, $2, $3, $4, $5)',
    [realm, closing.period, closing.closedAt, closing.closedBy, closing.logSize],
  );
}

export interface Tally extends Count {
  readonly period: Period;
  /** Empty for counts without a unit. */
  readonly unit: string;
  readonly measure: MeasureKey;
  readonly kind: string;
}

export async function tallies(
  transaction: Transaction,
  realm: Realm,
  periods: readonly Period[],
): Promise<Tally[]> {
  return transaction.prepared<Tally>(
    'assessment-tallies',
    `SELECT period, unit, measure, kind, met, "of" FROM assessment_tally
      WHERE realm = $1 AND period = ANY($2) AND "of" > 0`,
    [realm, periods],
  );
}

/** Sums by month and measure, of the given units or of everything. */
export async function trend(
  transaction: Transaction,
  realm: Realm,
  periods: readonly Period[],
  units?: readonly string[],
): Promise<Pick<Tally, 'period' | 'measure' | 'met' | 'of'>[]> {
  return transaction.prepared(
    'assessment-trend',
    `SELECT period, measure, sum(met)::int AS met, sum("of")::int AS "of" FROM assessment_tally
      WHERE realm = $1 AND period = ANY($2) AND "of" > 0 AND ($3::text[] IS NULL OR unit = ANY($3))
      GROUP BY period, measure`,
    [realm, periods, units ?? null],
  );
}

/**
 * For merged sheets: facts that count together with a fact of their leading sheet, of the same
 * month, unit and measure.
 */
export interface MergedTally extends Omit<Tally, 'period'> {
  /** The leading sheet's kind, one of the package's. */
  readonly leadKind: string;
}

export async function mergedTallies(
  transaction: Transaction,
  realm: Realm,
  period: Period,
): Promise<MergedTally[]> {
  return transaction.query<MergedTally>(
    `SELECT m.unit, m.measure, m.kind, l.kind AS "leadKind", count(*) FILTER (WHERE m.met)::int AS met,
            count(*)::int AS "of"
       FROM assessment_fact m CROSS JOIN LATERAL (${factOfLead('l.kind')}) l
      WHERE m.realm = $1 AND m.period = $2 AND m.lead <> '' AND NOT m.excluded
      GROUP BY m.unit, m.measure, m.kind, l.kind ORDER BY m.unit, m.measure, m.kind, l.kind`,
    [realm, period],
  );
}

/** SQL for a column of the leading sheet's fact for fact `m`. */
export const factOfLead = (what: string): string =>
  `SELECT ${what} FROM assessment_fact l
    WHERE l.stream = m.lead AND l.measure = m.measure AND l.realm = m.realm AND l.period = m.period
      AND l.unit = m.unit AND NOT l.excluded ORDER BY l.opened LIMIT 1`;

/** A month's counts by unit, by the method: without its exclusions, and merged sheets once if the method says so. */
export function countsOf(
  rows: readonly Tally[],
  merged: readonly MergedTally[],
  { exclusions, mergedOnce }: Pick<MethodContent, 'exclusions' | 'mergedOnce'>,
  law: Law,
): Counts {
  const isExcluded = (measure: MeasureKey, kind: string): boolean =>
    exclusions.some(
      ({ measures, kinds }) => measures.includes(measure) && (kinds as readonly string[]).includes(kind),
    );
  // If the leading sheet itself is excluded, its members count, so that the matter is not lost.
  const once = merged
    .filter(({ measure, leadKind }) => mergedOnce.includes(measure) && !isExcluded(measure, leadKind))
    .map((one) => ({ ...one, met: -one.met, of: -one.of }));
  const counts: { [unit: string]: { [measure in MeasureKey]?: Count } } = {};
  for (const { unit, measure, kind, met, of } of [...rows, ...once]) {
    if (unit === '' || isExcluded(measure, kind)) continue;
    const ofUnit = (counts[unit] ??= {});
    const before = ofUnit[measure] ?? { met: 0, of: 0 };
    ofUnit[measure] = { met: before.met + met, of: before.of + of };
  }
  return sorted(counts, law);
}

/** A fixed order makes recomputation give the same text. */
function sorted(counts: Counts, law: Law): Counts {
  return Object.fromEntries(
    Object.keys(counts)
      .sort()
      .map((unit) => [
        unit,
        Object.fromEntries(
          measureKeys(law).flatMap((key): [MeasureKey, Count][] => {
            const count = counts[unit]?.[key];
            return count ? [[key, count]] : [];
          }),
        ),
      ]),
  );
}

export async function unitKinds(transaction: Transaction): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ name: string; kind: string }>(
    'SELECT name, kind FROM unit_overview',
  );
  return new Map(rows.map(({ name, kind }) => [name, kind]));
}

/** Count of a district and area. */
export interface Spread extends Count {
  readonly district: string;
  /** First-level code. */
  readonly area: string;
}

export async function spread(
  transaction: Transaction,
  realm: Realm,
  period: Period,
  measure: MeasureKey,
): Promise<Spread[]> {
  return transaction.query<Spread>(
    `SELECT district, area, met, "of" FROM assessment_spread
      WHERE realm = $1 AND period = $2 AND measure = $3 AND "of" > 0 ORDER BY district, area`,
    [realm, period, measure],
  );
}

/** Months with counts, newest first. */
export async function talliedPeriods(transaction: Transaction, realm: Realm): Promise<Period[]> {
  const rows = await transaction.query<{ period: Period }>(
    `WITH RECURSIVE months AS (
       SELECT max(period) AS period FROM assessment_tally WHERE realm = $1
       UNION ALL
       SELECT (SELECT max(t.period) FROM assessment_tally t WHERE t.realm = $1 AND t.period < m.period)
         FROM months m WHERE m.period IS NOT NULL
     )
     SELECT period FROM months WHERE period IS NOT NULL`,
    [realm],
  );
  return rows.map(({ period }) => period);
}

/** Sums that differ from the total of their facts, in Chinese. */
export const differingSums = (
  transaction: Transaction,
): Promise<
  readonly {
    readonly table: 'assessment_tally' | 'assessment_spread';
    readonly row: string;
    readonly detail: string;
  }[]
> =>
  transaction.query(
    `WITH counted AS (SELECT * FROM assessment_fact WHERE NOT excluded)
     SELECT 'assessment_tally' AS "table", concat_ws(' ', realm, period, unit, measure, kind) AS row,
            format('合计现在是 %s/%s，各项相加是 %s/%s', coalesce(t.met, 0), coalesce(t."of", 0), coalesce(f.met, 0), coalesce(f."of", 0)) AS detail
       FROM (SELECT realm, period, unit, measure, kind, count(*) FILTER (WHERE met) AS met, count(*) AS "of"
               FROM counted GROUP BY realm, period, unit, measure, kind) f
       FULL JOIN assessment_tally t USING (realm, period, unit, measure, kind)
      WHERE (coalesce(t.met, 0), coalesce(t."of", 0)) <> (coalesce(f.met, 0), coalesce(f."of", 0))
     UNION ALL
     SELECT 'assessment_spread', concat_ws(' ', realm, period, measure, district, area),
            format('合计现在是 %s/%s，各项相加是 %s/%s', coalesce(t.met, 0), coalesce(t."of", 0), coalesce(f.met, 0), coalesce(f."of", 0))
       FROM (SELECT realm, period, measure, district, area, count(*) FILTER (WHERE met) AS met, count(*) AS "of"
               FROM counted GROUP BY realm, period, measure, district, area) f
       FULL JOIN assessment_spread t USING (realm, period, measure, district, area)
      WHERE (coalesce(t.met, 0), coalesce(t."of", 0)) <> (coalesce(f.met, 0), coalesce(f."of", 0))`,
  );

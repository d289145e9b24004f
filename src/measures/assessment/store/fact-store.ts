/** Facts, and sums maintained in the same transaction. */
import { entriesBefore } from '../../../accountability/index.js';
import type { Transaction } from '../../../platform/database/index.js';
import type { Catalogues } from '../../../law/regulation/index.js';
import { factsOf, type Fact } from '../facts.js';
import { leadIn } from '../merged.js';
import type { MeasureKey } from '../model/index.js';
import type { Period } from '../period.js';

export type Realm = 'live' | 'replay';

/** A case's stream with the district of its sheet. */
export interface SheetStream {
  readonly stream: string;
  readonly realm: Realm;
  readonly district: string;
}

export interface StoredFact extends Fact {
  readonly stream: string;
  readonly realm: Realm;
  readonly district: string;
  readonly excluded: boolean;
  /** The sheet into which it is merged at the month's end; empty for none. */
  readonly lead: string;
}

export const factKey = (fact: Pick<StoredFact, 'stream' | 'measure' | 'opened'>): string =>
  `${fact.stream}\n${fact.measure}\n${fact.opened}`;

/** Those of the streams that belong to cases. */
export async function sheetStreams(
  transaction: Transaction,
  streams: readonly string[],
): Promise<SheetStream[]> {
  return transaction.query<SheetStream>(
    `SELECT c.business_key AS stream, c.realm, coalesce(w.district, '') AS district
       FROM case_overview c LEFT JOIN sheet_overview w ON w.no = c.business_key
      WHERE c.business_key = ANY($1)`,
    [streams],
  );
}

export async function storedFacts(
  transaction: Transaction,
  streams: readonly string[],
): Promise<StoredFact[]> {
  return transaction.query<StoredFact>(
    `SELECT ${columns.join(', ')} FROM assessment_fact WHERE stream = ANY($1)`,
    [streams],
  );
}

export const columns = [
  'realm',
  'stream',
  'measure',
  'opened',
  'decided',
  'at',
  'period',
  'unit',
  'met',
  'excluded',
  'round',
  'kind',
  'area',
  'district',
  'lead',
] as const satisfies readonly (keyof StoredFact)[];

/**
 * Updates the streams' facts from their trail. Rows of closed months stay, and the facts in them
 * count in no other month. Facts of an altered trail stay unchanged.
 */
export async function renewFacts(
  transaction: Transaction,
  sheets: readonly SheetStream[],
  size: number,
  catalogues: Catalogues,
): Promise<void> {
  const steps = await entriesBefore(
    transaction,
    sheets.map(({ stream }) => stream),
    size,
  );
  const binding = await catalogues.binding(transaction);
  const sound: (SheetStream & { readonly facts: readonly (Fact & { readonly lead: string })[] })[] = [];
  for (const sheet of sheets) {
    const trail = steps.soundOf(sheet.stream);
    // The regulation in force when the case began says what counts.
    const [first] = trail ?? [];
    if (!trail || !first) continue;
    const leadAt = leadIn(sheet.stream, trail);
    const facts = factsOf((await binding(first.at)).catalogue, trail);
    sound.push({ ...sheet, facts: facts.map((fact) => ({ ...fact, lead: leadAt(fact.period) })) });
  }
  const streams = sound.map(({ stream }) => stream);
  const before = await storedFacts(transaction, streams);
  const closed = await closedPeriods(transaction);
  const excluded = await excludedFacts(transaction, streams);
  const isClosed = ({ realm, period }: Pick<StoredFact, 'realm' | 'period'>) =>
    closed.has(`${realm} ${period}`);
  const settled = new Set(before.filter(isClosed).map(factKey));
  const after = sound.flatMap(({ stream, realm, district, facts }) =>
    facts.map((fact): StoredFact => {
      const stored = { ...fact, stream, realm, district, excluded: false };
      return { ...stored, excluded: excluded.has(factKey(stored)) };
    }),
  );
  const open = before.filter((fact) => !isClosed(fact));
  const wanted = after.filter((fact) => !isClosed(fact) && !settled.has(factKey(fact)));
  const known = new Set(open.map(wholeOf));
  const kept = new Set(wanted.map(wholeOf));
  await replaceFacts(
    transaction,
    open.filter((fact) => !kept.has(wholeOf(fact))),
    wanted.filter((fact) => !known.has(wholeOf(fact))),
  );
}

const wholeOf = (fact: StoredFact): string =>
  columns.map((name) => (fact[name] instanceof Date ? fact[name].getTime() : String(fact[name]))).join('\n');

/** Deletes and inserts rows and adjusts the sums by the difference. */
export async function replaceFacts(
  transaction: Transaction,
  gone: readonly StoredFact[],
  come: readonly StoredFact[],
): Promise<void> {
  if (gone.length > 0) {
    await transaction.query(
      `DELETE FROM assessment_fact f USING unnest($1::text[], $2::text[], $3::int[]) AS g (stream, measure, opened)
        WHERE f.stream = g.stream AND f.measure = g.measure AND f.opened = g.opened`,
      [
        gone.map(({ stream }) => stream),
        gone.map(({ measure }) => measure),
        gone.map(({ opened }) => opened),
      ],
    );
  }
  if (come.length > 0) {
    await transaction.query(
      `INSERT INTO assessment_fact (${columns.join(', ')})
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::timestamptz[], $7::text[],
                            $8::text[], $9::boolean[], $10::boolean[], $11::int[], $12::text[], $13::text[], $14::text[],
                            $15::text[])`,
      columns.map((name) => come.map((fact) => fact[name])),
    );
  }
  await moveSums(transaction, [
    ...gone.filter(isCounted).map((fact) => ({ fact, sign: -1 })),
    ...come.filter(isCounted).map((fact) => ({ fact, sign: 1 })),
  ]);
}

const isCounted = ({ excluded }: StoredFact): boolean => !excluded;

interface Sum {
  readonly keys: readonly string[];
  met: number;
  of: number;
}

async function moveSums(
  transaction: Transaction,
  changes: readonly { readonly fact: StoredFact; readonly sign: number }[],
): Promise<void> {
  await addTo(
    transaction,
    'assessment_tally',
    ['realm', 'period', 'unit', 'measure', 'kind'],
    changes,
    (fact) => [fact.realm, fact.period, fact.unit, fact.measure, fact.kind],
  );
  await addTo(
    transaction,
    'assessment_spread',
    ['realm', 'period', 'measure', 'district', 'area'],
    changes,
    (fact) => [fact.realm, fact.period, fact.measure, fact.district, fact.area],
  );
}

async function addTo(
  transaction: Transaction,
  table: 'assessment_tally' | 'assessment_spread',
  names: readonly string[],
  changes: readonly { readonly fact: StoredFact; readonly sign: number }[],
  keysOf: (fact: StoredFact) => readonly string[],
): Promise<void> {
  const sums = new Map<string, Sum>();
  for (const { fact, sign } of changes) {
    const keys = keysOf(fact);
    const sum = sums.get(keys.join('\n')) ?? { keys, met: 0, of: 0 };
    sum.met += fact.met ? sign : 0;
    sum.of += sign;
    sums.set(keys.join('\n'), sum);
  }
  // Zero differences are not written; sorted, so that concurrent writers do not deadlock.
  const rows = [...sums].filter(([, { met, of }]) => met !== 0 || of !== 0).sort();
  if (rows.length === 0) return;
  await transaction.query(
    `INSERT INTO ${table} AS t (${names.join(', ')}, met, "of")
     SELECT * FROM unnest(${names.map((_, index) => `$${index + 1}::text[]`).join(', ')}, $6::int[], $7::int[])
     ON CONFLICT (${names.join(', ')}) DO UPDATE SET met = t.met + excluded.met, "of" = t."of" + excluded."of"`,
    [
      ...names.map((_, index) => rows.map(([, { keys }]) => keys[index])),
      rows.map(([, { met }]) => met),
      rows.map(([, { of }]) => of),
    ],
  );
}

async function closedPeriods(transaction: Transaction): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ realm: Realm; period: Period }>(
    'SELECT realm, period FROM assessment_period',
  );
  return new Set(rows.map(({ realm, period }) => `${realm} ${period}`));
}

/** Keys of excluded facts. */
export async function excludedFacts(
  transaction: Transaction,
  streams: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ stream: string; measure: MeasureKey; opened: number }>(
    `SELECT x.stream, x.measure, x.opened FROM assessment_exclusion x
       JOIN assessment_exclusion_ruling r ON r.exclusion = x.id
      WHERE r.granted AND x.stream = ANY($1)`,
    [streams],
  );
  return new Set(rows.map(factKey));
}

/** Closed months, in the order of closing. */
export const closingsOfAll = (
  transaction: Transaction,
): Promise<readonly { readonly realm: Realm; readonly period: Period; readonly logSize: number }[]> =>
  transaction.query(
    'SELECT realm, period, log_size AS "logSize" FROM assessment_period ORDER BY log_size, period',
  );

/** Stored facts of the streams for a month. */
export async function storedOfPeriod(
  transaction: Transaction,
  streams: readonly string[],
  period: Period,
): Promise<StoredFact[]> {
  return transaction.query<StoredFact>(
    `SELECT ${columns.join(', ')} FROM assessment_fact WHERE stream = ANY($1) AND period = $2`,
    [streams, period],
  );
}

/**
 * Cases with an entry between the two instants (inclusive), in batches: a city's month has hundreds of thousands. Uses
 * a cursor; the transaction must stay open.
 */
export async function* streamsActive(
  transaction: Transaction,
  { realm, from, to }: { readonly realm: Realm; readonly from: Date; readonly to: Date },
  most: number,
): AsyncGenerator<readonly string[]> {
  // All rows will be read: a fast-start plan would walk the whole trail.
  await transaction.query('SET LOCAL cursor_tuple_fraction = 1');
  await transaction.query(
    `DECLARE active NO SCROLL CURSOR FOR
     SELECT DISTINCT e.stream FROM recorded_entry e
       JOIN case_overview c ON c.business_key = e.stream AND c.realm = $1
      WHERE e.at >= $2 AND e.at <= $3 ORDER BY e.stream`,
    [realm, from, to],
  );
  for (;;) {
    const rows = await transaction.query<{ stream: string }>(`FETCH ${most} FROM active`);
    if (rows.length === 0) break;
    yield rows.map(({ stream }) => stream);
  }
  await transaction.query('CLOSE active');
}

/** Duties of cases, and the query for violated ones. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Duty, DutyState } from '../interpret.js';

export type Realm = 'live' | 'replay';

export interface KeptDuty extends Duty {
  readonly realm: Realm;
  /** Number of the sheet. */
  readonly stream: string;
  /** Index among the case's duties, in the order in which they began. */
  readonly place: number;
  readonly article: number;
}

interface Row extends Omit<KeptDuty, 'opened' | 'entries'> {
  readonly openedSeq: number;
  readonly openedAt: Date;
  readonly entries: number[];
}

const columns = {
  realm: 'text',
  stream: 'text',
  place: 'int',
  norm: 'text',
  article: 'int',
  round: 'int',
  state: 'text',
  openedSeq: 'int',
  openedAt: 'timestamptz',
  due: 'timestamptz',
  violatedAt: 'timestamptz',
  unit: 'text',
  entries: 'text',
  by: 'text',
  waivedBy: 'text',
} as const satisfies Record<keyof Row, string>;

const names = Object.keys(columns) as (keyof Row)[];
const inTable = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const selected = names.map((name) => `d.${inTable(name)} AS "${name}"`).join(', ');

function dutyOf({ openedSeq, openedAt, ...row }: Row): KeptDuty {
  return { ...row, opened: { seq: openedSeq, at: openedAt } };
}

function rowOf({ opened, entries, ...duty }: KeptDuty): Row {
  // An open duty counts as violated from its limit on, so a query needs only this column.
  const violatedAt = duty.violatedAt ?? (duty.state === 'open' ? duty.due : null);
  return { ...duty, violatedAt, entries: [...entries], openedSeq: opened.seq, openedAt: opened.at };
}

/** Those of the streams that belong to cases. */
export const casesAmong = (
  transaction: Transaction,
  streams: readonly string[],
): Promise<{ stream: string; realm: Realm; startedAt: Date }[]> =>
  transaction.query(
    'SELECT business_key AS stream, realm, started_at AS "startedAt" FROM case_overview WHERE business_key = ANY($1)',
    [streams],
  );

/** The next cases by number. */
export async function casesAfter(transaction: Transaction, stream: string, most: number): Promise<string[]> {
  const rows = await transaction.query<{ key: string }>(
    'SELECT business_key AS key FROM case_overview WHERE business_key > $1 ORDER BY business_key LIMIT $2',
    [stream, most],
  );
  return rows.map(({ key }) => key);
}

/** Duties in the order in which they began. */
export async function keptDuties(transaction: Transaction, streams: readonly string[]): Promise<KeptDuty[]> {
  const rows = await transaction.query<Row>(
    `SELECT ${selected} FROM case_duty d WHERE d.stream = ANY($1) ORDER BY d.stream, d.place`,
    [streams],
  );
  return rows.map((row) => asOf(dutyOf(row)));
}

/** Restores an open duty, whose column holds its limit. */
const asOf = (duty: KeptDuty): KeptDuty => (duty.state === 'open' ? { ...duty, violatedAt: null } : duty);

/** Writes only differences. */
export async function replaceDuties(
  transaction: Transaction,
  streams: readonly string[],
  duties: readonly KeptDuty[],
): Promise<void> {
  const wanted = new Map(duties.map((duty) => [wholeOf(duty), duty]));
  const gone = [];
  for (const kept of await keptDuties(transaction, streams))
    if (!wanted.delete(wholeOf(kept))) gone.push(kept);
  if (gone.length > 0) {
    await transaction.query(
      `DELETE FROM case_duty d USING unnest($1::text[], $2::int[]) AS g (stream, place)
        WHERE d.stream = g.stream AND d.place = g.place`,
      [gone.map(({ stream }) => stream), gone.map(({ place }) => place)],
    );
  }
  if (wanted.size === 0) return;
  const rows = [...wanted.values()].map(rowOf);
  const types = names.map((name, index) => `$${index + 1}::${columns[name]}[]`).join(', ');
  const values = names.map((name) => (name === 'entries' ? `n.entries::int[]` : `n.${inTable(name)}`));
  await transaction.query(
    `INSERT INTO case_duty (${names.map(inTable).join(', ')})
     SELECT ${values.join(', ')} FROM unnest(${types}) AS n (${names.map(inTable).join(', ')})`,
    names.map((name) => rows.map((row) => (name === 'entries' ? `{${row.entries.join(',')}}` : row[name]))),
  );
}

/** Entries before this place in the tree have been followed. */
export async function placeFollowed(transaction: Transaction): Promise<number> {
  const [cursor] = await transaction.query<{ place: number }>('SELECT place FROM duty_cursor');
  return cursor?.place ?? 0;
}

/** Describes each differing row in words. */
export function unlikeDuties(
  is: readonly KeptDuty[],
  should: readonly KeptDuty[],
): readonly (readonly [stream: string, what: string])[] {
  const [now, recorded] = [new Set(is.map(wholeOf)), new Set(should.map(wholeOf))];
  const said = ({ norm, round, state, unit }: KeptDuty): string =>
    `${norm} 第 ${round} 轮 ${state}${unit === null ? '' : ` ${unit}`}`;
  return [
    ...should.flatMap((duty): (readonly [string, string])[] =>
      now.has(wholeOf(duty)) ? [] : [[duty.stream, `法定义务应为 ${said(duty)}`]],
    ),
    ...is.flatMap((duty): (readonly [string, string])[] =>
      recorded.has(wholeOf(duty)) ? [] : [[duty.stream, `法定义务现在是 ${said(duty)}`]],
    ),
  ];
}

const wholeOf = (duty: KeptDuty): string => JSON.stringify(rowOf(duty), names as string[]);

export interface ViolatedQuestion {
  readonly realm: Realm;
  /** The instant for which violations are queried. */
  readonly at: Date;
  /** Default: all that are not compensated. */
  readonly state?: Exclude<DutyState, 'open' | 'satisfied'> | undefined;
  readonly article?: number | undefined;
  /** Default: all units. */
  readonly units?: readonly string[] | undefined;
  readonly most: number;
  /** Continues after this row. */
  readonly after?: readonly [violatedAt: string, stream: string, place: number] | undefined;
}

export interface ViolatedDuty extends KeptDuty {
  readonly violatedAt: Date;
  /** The cursor of this row. */
  readonly mark: readonly [string, string, number];
}

const ofState = {
  'temporarily-violated': `d.state IN ('open', 'temporarily-violated')`,
  'permanently-violated': `d.state = 'permanently-violated'`,
  compensated: `d.state = 'compensated'`,
  violated: `d.state <> 'compensated'`,
} as const;

/** Duties violated at the instant, latest first. */
export async function violatedDuties(
  transaction: Transaction,
  { realm, at, state, article, units, most, after }: ViolatedQuestion,
): Promise<ViolatedDuty[]> {
  const values: unknown[] = [realm, at, most];
  const bound = (value: unknown): string => `$${values.push(value)}`;
  const where = [
    'd.realm = $1',
    'd.violated_at IS NOT NULL',
    'd.violated_at < $2',
    ofState[state ?? 'violated'],
    ...(article === undefined ? [] : [`d.article = ${bound(article)}`]),
    ...(after
      ? [
          // The index is by this column.
          `d.violated_at <= ${bound(after[0])}::timestamptz`,
          `(d.violated_at < $${values.length}::timestamptz
            OR (d.stream, d.place) > (${bound(after[1])}, ${bound(after[2])}))`,
        ]
      : []),
  ].join(' AND ');
  const order = 'violated_at DESC, stream, place LIMIT $3';
  // One index range per unit: for `= ANY` PostgreSQL would read and sort all rows of the units.
  const from = units
    ? `unnest(${bound([...units])}::text[]) AS u (name) CROSS JOIN LATERAL (
         SELECT * FROM case_duty d WHERE d.unit = u.name AND ${where} ORDER BY ${order}) d`
    : `(SELECT * FROM case_duty d WHERE ${where} ORDER BY ${order}) d`;
  const rows = await transaction.query<Row & { violatedAt: Date; mark: string }>(
    `SELECT ${selected}, d.violated_at::text AS mark FROM ${from} ORDER BY d.violated_at DESC, d.stream, d.place LIMIT $3`,
    values,
  );
  return rows.map(({ mark, ...row }) => ({
    ...dutyOf(row),
    violatedAt: row.violatedAt,
    state: row.state === 'open' ? 'temporarily-violated' : row.state,
    mark: [mark, row.stream, row.place],
  }));
}

/** Number of running cases that now owe each of the norms. */
export const owingNow = (
  transaction: Transaction,
  norms: readonly string[],
): Promise<{ readonly norm: string; readonly cases: number }[]> =>
  transaction.query(
    `SELECT norm, count(DISTINCT stream)::int AS cases FROM case_duty
      WHERE realm = 'live' AND state IN ('open', 'temporarily-violated') AND norm = ANY($1::text[])
      GROUP BY norm ORDER BY norm`,
    [[...norms]],
  );

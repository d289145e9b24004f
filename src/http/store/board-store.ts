import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { firstPassed, titleOfCase } from './case-summary-store.js';

export interface BoardCard {
  readonly id: string;
  readonly level: string | null;
  readonly no: string;
  readonly title: string;
  readonly unit: string | null;
  readonly due: Date | null;
  /** If no limit is running: the first passed limit whose duty is still open. */
  readonly passed: Date | null;
  readonly provisional: boolean;
  /** True if the limit is that of the upstream hotline that sent the sheet. */
  readonly upstreamLimit: boolean;
  /** The limit in PostgreSQL's notation. */
  readonly mark: string;
}

export interface BoardRows {
  readonly counts: readonly { readonly level: string | null; readonly cases: number }[];
  readonly cards: readonly BoardCard[];
  readonly units: readonly { readonly unit: string; readonly yellow: number; readonly red: number }[];
  readonly trend: readonly { readonly day: string; readonly received: number; readonly ended: number }[];
}

/** Rights of the query: the program's or a viewer's. */
export type Fence = 'program' | 'viewer';

const live = `c.realm = 'live' AND c.ended_at IS NULL`;
const unit = `coalesce(c.variables -> 'assignments' -> -1 ->> 'unit', c.variables ->> 'unit')`;
/** Minus infinity means that the last limit has passed. */
const running = `nullif(c.limit_at, '-infinity')`;
const countedCases = { program: 'every_case', viewer: 'visible_open_case' } as const;
const openCases = { program: 'case_overview', viewer: 'visible_open_case' } as const;

interface Page {
  readonly limit: number;
  readonly after?: readonly [limitAt: string, id: string] | undefined;
}

/** Cards of one level after the cursor: those whose last limit has passed, nearest limit first, those without limit last. */
export async function boardCards(
  transaction: Transaction,
  fence: Fence,
  level: string | null,
  page: Page,
): Promise<BoardCard[]> {
  const values: unknown[] = level === null ? [] : [level];
  const at = level === null ? 'c.level IS NULL' : 'c.level = $1';
  // NULLs sort last but do not compare.
  const onward = (): string => {
    const [limitAt = '', id = ''] = page.after ?? [];
    if (limitAt === 'infinity') return `AND c.limit_at IS NULL AND c.id > $${values.push(id)}::bigint`;
    const mark = `$${values.push(limitAt)}::timestamptz`;
    return `AND (c.limit_at > ${mark} OR (c.limit_at = ${mark} AND c.id > $${values.push(id)}::bigint) OR c.limit_at IS NULL)`;
  };
  return transaction.query<BoardCard>(
    `SELECT c.id::text AS id, c.level, c.business_key AS no, ${titleOfCase} AS title, c.unit, ${running} AS due,
            coalesce(d.provisional, false) AND NOT c.upstream AS provisional, c.upstream AS "upstreamLimit",
            coalesce(c.limit_at::text, 'infinity') AS mark, ${firstPassed(running)} AS passed
       FROM (SELECT c.id, c.level, c.business_key, c.limit_at, ${unit} AS unit,
                    coalesce((c.variables ->> 'upstreamDue')::timestamptz = c.limit_at, false) AS upstream FROM ${openCases[fence]} c
              WHERE ${live} AND ${at} ${page.after ? onward() : ''}
              ORDER BY c.limit_at, c.id LIMIT ${page.limit}) c
       LEFT JOIN sheet_overview w ON w.no = c.business_key
       LEFT JOIN LATERAL (SELECT provisional FROM open_deadline
                           WHERE case_id = c.id AND is_limit AND NOT paused ORDER BY due_at LIMIT 1) d ON true
      ORDER BY c.limit_at, c.id`,
    values,
  );
}

/** Cards of all levels outside the regulation's ladder, after the cursor. */
export async function otherBoardCards(
  transaction: Transaction,
  fence: Fence,
  page: Page,
  law: Law,
): Promise<BoardCard[]> {
  const ladder = law.levels.map(({ key }) => key);
  const others = await transaction.query<{ level: string }>(
    `SELECT DISTINCT c.level FROM ${countedCases[fence]} c
      WHERE ${live} AND c.level IS NOT NULL AND c.level <> ALL ($1)`,
    [ladder],
  );
  const cards: BoardCard[] = [];
  for (const { level } of others) cards.push(...(await boardCards(transaction, fence, level, page)));
  return nearestFirst(cards).slice(0, page.limit);
}

const placed = ({ mark, due }: BoardCard): number =>
  mark === '-infinity' ? -Infinity : (due?.getTime() ?? Infinity);

/** In a column's order, regardless of level. */
export const nearestFirst = (cards: readonly BoardCard[]): BoardCard[] =>
  [...cards].sort((one, other) => placed(one) - placed(other) || Number(BigInt(one.id) - BigInt(other.id)));

/** @param firstDay, lastDay of the trend: civil days in Asia/Shanghai */
export async function boardRows(
  transaction: Transaction,
  fence: Fence,
  firstDay: string,
  lastDay: string,
  law: Law,
): Promise<BoardRows> {
  // Uses one snapshot, so that a card that moves meanwhile is not counted twice.
  await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const led = await transaction.query<Led>(ledSql(countedCases[fence]));
  const levels = new Map<string | null, number>();
  for (const { level, cases } of led) levels.set(level, (levels.get(level) ?? 0) + cases);
  const cards: BoardCard[] = [];
  // One query per level reads one index range and stops after twenty rows.
  for (const level of levels.keys())
    cards.push(...(await boardCards(transaction, fence, level, { limit: 20 })));
  const trend = await transaction.query<BoardRows['trend'][number]>(trendSql(fence, firstDay, lastDay));
  const counts = [...levels].map(([level, cases]) => ({ level, cases }));
  return { counts, cards, units: unitsLeadingLate(led, law), trend };
}

interface Led {
  readonly level: string | null;
  readonly unit: string | null;
  readonly cases: number;
}

const ledSql = (cases: string): string =>
  `SELECT c.level, c.lead_unit AS unit, count(*) AS cases FROM ${cases} c WHERE ${live} GROUP BY 1, 2`;

/** The units that lead late or nearly late cases, those with most first. */
function unitsLeadingLate(led: readonly Led[], law: Law): BoardRows['units'] {
  const units = new Map<string, { unit: string; yellow: number; red: number }>();
  for (const { level, unit, cases } of led) {
    const light = law.levels.find(({ key }) => key === level)?.light ?? 'normal';
    if (unit === null || light === 'normal') continue;
    const one = units.get(unit) ?? { unit, yellow: 0, red: 0 };
    one[light] += cases;
    units.set(unit, one);
  }
  return [...units.values()].sort(
    (a, b) => b.red - a.red || b.yellow - a.yellow || (a.unit < b.unit ? -1 : 1),
  );
}

/** The days are inlined: a generic plan would not know that they are few. */
function trendSql(fence: Fence, firstDay: string, lastDay: string): string {
  const begins = `timestamp '${firstDay}' AT TIME ZONE 'Asia/Shanghai'`;
  const ends = `(timestamp '${lastDay}' + interval '1 day') AT TIME ZONE 'Asia/Shanghai'`;
  const byDay = (count: string, instant: string, from: string): string => `
    SELECT date_trunc('day', ${instant} AT TIME ZONE 'Asia/Shanghai') AS day, ${count} AS cases
      FROM ${from} WHERE realm = 'live' AND ${instant} >= ${begins} AND ${instant} < ${ends} GROUP BY 1`;
  const received = {
    program: byDay('count(*)', 'received_at', 'every_sheet'),
    // Reads the rows of the viewer's units, not all sheets of the day.
    viewer: byDay('count(DISTINCT case_id)', 'started_at', 'visible_party'),
  };
  const ended = byDay('count(*)', 'ended_at', fence === 'program' ? 'every_case' : 'visible_case');
  return `
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day, coalesce(r.cases, 0) AS received, coalesce(e.cases, 0) AS ended
      FROM generate_series(timestamp '${firstDay}', timestamp '${lastDay}', interval '1 day') AS d (day)
      LEFT JOIN (${received[fence]}) r ON r.day = d.day
      LEFT JOIN (${ended}) e ON e.day = d.day
     ORDER BY d.day`;
}

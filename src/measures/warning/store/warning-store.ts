/** Warnings, their sheets, and acts on them. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Finding, Matter, Sort } from '../decide.js';

/** Most sheets listed per warning; all are counted. */
const mostBehind = 200;

export interface Warning {
  readonly id: number;
  readonly sort: Sort;
  readonly district: string;
  readonly matter: string;
  readonly since: Date;
  readonly tippedAt: Date;
  readonly tippedBy: string;
  readonly raisedAt: Date;
  readonly observed: number;
  readonly expected: number | null;
  readonly sheets: number;
  readonly lastAt: Date;
  /** For a warning about one spot: the place in the words of the sheet that raised it, if that may be shown. */
  readonly spot: string | null;
}

export type WarningAct = 'acknowledged' | 'dismissed' | 'suggested';

export interface DoneAct {
  readonly act: WarningAct;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

const columns = `w.id, w.sort, w.district, w.matter, w.since, w.tipped_at AS "tippedAt", w.tipped_by AS "tippedBy",
  w.raised_at AS "raisedAt", w.observed, w.expected, w.sheets, w.last_at AS "lastAt",
  CASE WHEN w.sort = 'repeat-spot' THEN (SELECT o.place FROM sheet_overview o WHERE o.no = w.tipped_by) END AS spot`;

/**
 * The active warning that the sheet joins.
 *
 * @param among other sheets of the caller, or at the spot, for warnings about one
 * @param after the warning must still have been active at this instant
 */
export async function findActiveWarning(
  transaction: Transaction,
  { sort, matter }: Pick<Finding, 'sort' | 'matter'>,
  { district, receivedAt }: Matter,
  { among, after }: { readonly among: readonly string[]; readonly after: Date },
): Promise<number | undefined> {
  const goesOn = sort === 'burst' || sort === 'rise' ? 'w.last_at' : 'w.tipped_at';
  const same =
    sort === 'repeat-caller' || sort === 'repeat-spot'
      ? 'EXISTS (SELECT FROM warning_sheet m WHERE m.warning = w.id AND m.no = ANY ($4::text[]))'
      : 'w.district = $3';
  const [row] = await transaction.query<{ id: number }>(
    `SELECT w.id FROM warning w
      WHERE w.sort = $1 AND w.matter = $2 AND ${same} AND ${goesOn} > $5 AND $3::text IS NOT NULL
        AND $4::text[] IS NOT NULL AND w.since <= $6 ORDER BY w.last_at DESC LIMIT 1`,
    [sort, matter, district, among, after, receivedAt],
  );
  return row?.id;
}

/** Sheets of the finding: same district and class, or same caller or spot, since its start. */
export async function addSheetsBehind(
  transaction: Transaction,
  { id, sort, district, matter, since, tippedAt, tippedBy }: Warning,
  among: readonly string[],
): Promise<void> {
  const counted = {
    burst: 'district = $2 AND emergencies @> ARRAY[$3::text]',
    rise: 'district = $2 AND (class = $3 OR area = $3)',
    'repeat-place': 'district = $2 AND class = $3',
    'repeat-caller': 'class = $3 AND no = ANY ($7::text[])',
    'repeat-spot': 'class = $3 AND no = ANY ($7::text[])',
  }[sort];
  await transaction.query(
    `INSERT INTO warning_sheet (warning, no)
     SELECT $1, no FROM matter_sheet
      WHERE ${counted} AND received_at > $4 AND received_at <= $5 AND $2::text IS NOT NULL
        AND $7::text[] IS NOT NULL
      ORDER BY received_at DESC LIMIT $6`,
    [id, district, matter, since, tippedAt, mostBehind, [...among, tippedBy]],
  );
}

/** Adds a sheet. */
export async function joinWarning(
  transaction: Transaction,
  id: number,
  { no, receivedAt }: Matter,
): Promise<void> {
  await transaction.query(
    `WITH joined AS (
       INSERT INTO warning_sheet (warning, no)
       SELECT $1, $2 WHERE (SELECT sheets FROM warning WHERE id = $1) < $4
       ON CONFLICT DO NOTHING)
     UPDATE warning SET sheets = sheets + 1, last_at = greatest(last_at, $3)
      WHERE id = $1 AND NOT EXISTS (SELECT FROM warning_sheet WHERE warning = $1 AND no = $2)`,
    [id, no, receivedAt, mostBehind],
  );
}

/** With the transaction's rights; newest first, before the cursor. */
export async function listWarnings(
  transaction: Transaction,
  page: {
    readonly standing: 'open' | 'settled' | 'all';
    readonly sort?: Sort | undefined;
    readonly limit: number;
    readonly before?: number | undefined;
  },
): Promise<(Warning & { readonly last: DoneAct | null })[]> {
  const rows = await transaction.query<
    Warning & { readonly last: (Omit<DoneAct, 'at'> & { readonly at: string }) | null }
  >(
    `SELECT ${columns}, CASE WHEN a.id IS NOT NULL THEN json_build_object(
              'act', a.act, 'reason', a.reason, 'actor', a.actor, 'at', a.at) END AS last
       FROM warning w
       LEFT JOIN LATERAL (SELECT * FROM warning_act x WHERE x.warning = w.id ORDER BY x.id DESC LIMIT 1) a ON true
      WHERE w.id < $1 AND ($2 = 'all' OR (a.act IS NOT NULL AND a.act <> 'acknowledged') = ($2 = 'settled'))
        AND ($4::text IS NULL OR w.sort = $4)
      ORDER BY w.id DESC LIMIT $3`,
    [page.before ?? 2_147_483_647, page.standing, page.limit, page.sort ?? null],
  );
  return rows.map(({ last, ...warning }) => ({
    ...warning,
    last: last && { ...last, at: new Date(last.at) },
  }));
}

export async function findWarning(transaction: Transaction, id: number): Promise<Warning | undefined> {
  const [row] = await transaction.query<Warning>(`SELECT ${columns} FROM warning w WHERE w.id = $1`, [id]);
  return row;
}

/** Acts on a warning take turns. */
export async function lockWarning(transaction: Transaction, id: number): Promise<Warning | undefined> {
  const [row] = await transaction.query<Warning>(
    `SELECT ${columns} FROM warning w WHERE w.id = $1 FOR UPDATE`,
    [id],
  );
  return row;
}

export const actsOn = (transaction: Transaction, id: number): Promise<DoneAct[]> =>
  transaction.query<DoneAct>(
    'SELECT act, reason, actor, at FROM warning_act WHERE warning = $1 ORDER BY id',
    [id],
  );

export interface SheetOfMatter {
  readonly no: string;
  readonly title: string;
  readonly district: string;
  readonly class: string;
  readonly receivedAt: Date;
  /** 事发地点 in words and in WGS-84; null if not known, or if it is the caller's address. */
  readonly place: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** Cursor in PostgreSQL's notation. */
  readonly mark: string;
}

const sheetColumns = `m.no, w.title, m.district, m.class, w.place, w.longitude, w.latitude, m.received_at AS "receivedAt", m.received_at::text AS mark`;

/** Sheets of a warning visible to the transaction, newest first. */
export const sheetsBehind = (transaction: Transaction, id: number): Promise<SheetOfMatter[]> =>
  transaction.query<SheetOfMatter>(
    `SELECT ${sheetColumns} FROM warning_sheet b
       JOIN matter_sheet m ON m.no = b.no JOIN sheet_overview w ON w.no = b.no
      WHERE b.warning = $1 ORDER BY m.received_at DESC, m.no DESC`,
    [id],
  );

export interface MatterQuery {
  /** 00:00 of the first day to 24:00 of the last. */
  readonly from: Date;
  readonly to: Date;
  readonly district: string;
  /** First-level or leaf code. */
  readonly code: string;
  readonly repeated: boolean;
  readonly after?: readonly [receivedAt: string, no: string] | undefined;
  readonly limit: number;
}

/** Sheets of a cell visible to the transaction, newest first. */
export const sheetsOfMatter = (
  transaction: Transaction,
  { from, to, district, code, repeated, after = ['infinity', ''], limit }: MatterQuery,
): Promise<SheetOfMatter[]> =>
  transaction.query<SheetOfMatter>(
    `SELECT ${sheetColumns} FROM matter_sheet m JOIN sheet_overview w ON w.no = m.no
      WHERE (m.class = $1 OR m.area = $1) AND m.district = $2 AND m.received_at >= $3 AND m.received_at < $4
        AND (NOT $5::boolean OR m.repeated) AND (m.received_at, m.no) < ($6::timestamptz, $7)
      ORDER BY m.received_at DESC, m.no DESC LIMIT $8`,
    [code, district, from, to, repeated, ...after, limit],
  );

/** Counts of sheets by district and class, maintained incrementally. */
import { civilDateOf } from '../../../kernel/civil-date.js';
import type { Transaction } from '../../../platform/database/index.js';
import type { CountsAround, Matter } from '../decide.js';
import { hourBefore, oldestSlot, slotOf, type Sheet } from '../matters.js';
import type { Thresholds } from '../thresholds.js';

/** Receipt of the earliest counted sheet; null before the first. */
export async function countedFrom(transaction: Transaction): Promise<Date | null> {
  const [row] = await transaction.query<{ since: Date | null }>('SELECT since FROM matter_cursor');
  return row?.since ?? null;
}

export async function noteCountedFrom(transaction: Transaction, since: Date | null): Promise<void> {
  await transaction.query('UPDATE matter_cursor SET since = least(since, $1)', [since]);
}

export interface LiveSheet extends Pick<Matter, 'no' | 'district' | 'receivedAt'> {
  readonly title: string;
  /** Codes from the first level down. */
  readonly path: readonly string[];
  readonly before: Sheet['before'] | null;
  /** Place of the matter; null if it is the caller's own address, or the caller asked for confidentiality. */
  readonly place: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

/** Those of the streams that are live sheets, in order of receipt. */
export const liveSheets = (transaction: Transaction, streams: readonly string[]): Promise<LiveSheet[]> =>
  transaction.query<LiveSheet>(
    `SELECT w.no, w.title, coalesce(w.district, '') AS district, w.received_at AS "receivedAt",
            CASE WHEN NOT w.confidential THEN w.place END AS place,
            CASE WHEN NOT w.confidential THEN w.longitude END AS longitude,
            CASE WHEN NOT w.confidential THEN w.latitude END AS latitude, coalesce(c.path, '{}') AS path,
            CASE WHEN m.no IS NOT NULL THEN json_build_object(
              'district', m.district, 'area', m.area, 'class', m.class, 'repeated', m.repeated, 'spot', m.spot) END AS before
       FROM sheet_overview w
       LEFT JOIN LATERAL (SELECT path FROM class_given s WHERE s.work_order = w.no
                           ORDER BY s.id DESC LIMIT 1) c ON true
       LEFT JOIN matter_sheet m ON m.no = w.no
      WHERE w.no = ANY ($1::text[]) AND w.realm = 'live' ORDER BY w.received_at, w.no`,
    [streams],
  );

/** Adds the sheet's counts and subtracts its previous ones. */
export async function countSheet(transaction: Transaction, sheet: Sheet, repeated: boolean): Promise<void> {
  const { no, before, district, area, class: code, emergencies, spot, receivedAt } = sheet;
  await transaction.query(
    `INSERT INTO matter_sheet (no, district, area, class, emergencies, repeated, received_at, spot)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (no) DO UPDATE SET district = excluded.district, area = excluded.area, class = excluded.class,
       emergencies = excluded.emergencies, repeated = excluded.repeated, spot = excluded.spot`,
    [no, district, area, code, emergencies, repeated, receivedAt, spot],
  );
  if (before) await add(transaction, before, receivedAt, -1);
  await add(transaction, { district, area, class: code, repeated, spot }, receivedAt, 1);
}

async function add(
  transaction: Transaction,
  { district, area, class: code, repeated }: NonNullable<Sheet['before']>,
  receivedAt: Date,
  sign: 1 | -1,
): Promise<void> {
  await transaction.query(
    `INSERT INTO matter_slot AS s (district, code, slot, sheets)
     SELECT $1, code, $3, $4 FROM unnest($2::text[]) AS code
     ON CONFLICT (district, code, slot) DO UPDATE SET sheets = s.sheets + excluded.sheets`,
    [district, codesOf({ area, class: code }), slotOf(receivedAt), sign],
  );
  await transaction.query(
    `INSERT INTO matter_day AS d (day, district, area, class, sheets, repeated)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (day, district, class) DO UPDATE SET sheets = d.sheets + excluded.sheets,
       repeated = d.repeated + excluded.repeated`,
    [civilDateOf(receivedAt), district, area, code, sign, repeated ? sign : 0],
  );
}

/** Class, then area; once if equal. */
const codesOf = ({ area, class: code }: Pick<Matter, 'area' | 'class'>): readonly string[] => [
  ...new Set([code, area]),
];

/** Of these sheets, the earlier ones with the same class within the days. */
export async function countAmong(
  transaction: Transaction,
  others: readonly string[],
  { class: code, receivedAt }: Sheet,
  days: number,
): Promise<number> {
  if (others.length === 0) return 0;
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM matter_sheet
      WHERE no = ANY ($1::text[]) AND class = $2 AND received_at <= $3
        AND received_at > $3::timestamptz - make_interval(days => $4)`,
    [others, code, receivedAt, days],
  );
  return row?.count ?? 0;
}

/** Other sheets with the same place in words, newest first. */
export async function othersAtSpot(
  transaction: Transaction,
  { no, spot, class: code, receivedAt }: Pick<Sheet, 'no' | 'spot' | 'class' | 'receivedAt'>,
  { days, most }: { readonly days: number; readonly most: number },
): Promise<readonly string[]> {
  if (spot === '') return [];
  const rows = await transaction.query<{ no: string }>(
    `SELECT no FROM matter_sheet
      WHERE spot = $1 AND spot <> '' AND class = $2 AND no <> $3 AND received_at <= $4
        AND received_at > $4::timestamptz - make_interval(days => $5) ORDER BY received_at DESC LIMIT ${most}`,
    [spot, code, no, receivedAt, days],
  );
  return rows.map((row) => row.no);
}

/** Counts relevant for a sheet; a constant number of look-ups. */
export async function countsAround(
  transaction: Transaction,
  sheet: Sheet,
  earlierOfCaller: number,
  { rise, burst, repeat }: Thresholds,
  countedSince: Date,
): Promise<CountsAround> {
  const { district, class: code, emergencies, receivedAt, atSpot } = sheet;
  const slot = slotOf(receivedAt);
  const first = slotOf(countedSince);
  const hours = Array.from({ length: rise.weeks + 1 }, (_, weeks) => hourBefore(slot, weeks)).filter(
    (slots, weeks) => weeks === 0 || (slots.at(-1) ?? 0) >= first,
  );
  const codes = codesOf(sheet);
  const rows = await transaction.query<{ code: string; slot: number; sheets: number }>(
    `SELECT code, slot, sheets FROM matter_slot
      WHERE district = $1 AND code = ANY ($2::text[]) AND slot = ANY ($3::int[])`,
    [district, codes, hours.flat()],
  );
  const inHour = (of: string, slots: readonly number[]): number =>
    rows.reduce((sum, row) => sum + (row.code === of && slots.includes(row.slot) ? row.sheets : 0), 0);
  const bursts = await transaction.query<{ emergency: string; count: number }>(
    `SELECT emergency, (SELECT count(*) FROM matter_sheet
                         WHERE district = $1 AND emergencies @> ARRAY[emergency] AND received_at <= $3
                           AND received_at > $3::timestamptz - make_interval(mins => $4)) AS count
       FROM unnest($2::text[]) AS emergency`,
    [district, emergencies, receivedAt, burst.minutes],
  );
  const [place] = await transaction.query<{ count: number }>(
    `SELECT coalesce(sum(sheets), 0)::integer AS count FROM matter_day
      WHERE class = $1 AND district = $2 AND day > $3::date - $4::integer AND day <= $3::date`,
    [code, district, civilDateOf(receivedAt), repeat.days],
  );
  const ofSpot = await countAmong(transaction, atSpot, sheet, repeat.days);
  return {
    hours: codes.map((of) => {
      const [count = 0, ...past] = hours.map((slots) => inHour(of, slots));
      return { code: of, count, past };
    }),
    bursts,
    ofCaller: earlierOfCaller + 1,
    ofPlace: place?.count ?? 0,
    ofSpot: ofSpot + 1,
  };
}

/** @param weeks compared */
export async function forgetOldSlots(transaction: Transaction, now: Date, weeks: number): Promise<void> {
  await transaction.query('DELETE FROM matter_slot WHERE slot < $1', [oldestSlot(slotOf(now), weeks)]);
}

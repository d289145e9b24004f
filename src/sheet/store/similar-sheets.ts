/** Finds sheets of similar matters, or of the same caller. */
import type { Transaction } from '../../platform/database/index.js';
import type { LonLat } from '../coordinates.js';
import type { WorkOrder } from '../work-order.js';

export interface SheetGist extends Pick<WorkOrder, 'no' | 'kind' | 'title' | 'receivedAt'> {
  readonly ended: boolean;
}

const gist = `w.no, w.kind, w.title, w.received_at AS "receivedAt", coalesce(c.ended_at IS NOT NULL, false) AS ended`;
const ofCase = 'LEFT JOIN case_overview c ON c.business_key = w.no';

/** A third of the trigrams in common; fewer are coincidence. */
const threshold = 0.3;

/** Characters that are compared: a title, or the beginning of a text. */
const longestProbe = 40;

/**
 * Most similar first; similarity from 0 to 1.
 *
 * @param draft the title or the text so far
 */
export async function similarSheets(
  transaction: Transaction,
  draft: string,
  most: number,
): Promise<readonly (SheetGist & { readonly similarity: number })[]> {
  return transaction.prepared(
    'sheet-similar',
    `SELECT ${gist}, s.similarity FROM similar_sheets($1::text, $2::real, $3::int) s
       JOIN work_order w ON w.no = s.no ${ofCase} ORDER BY s.similarity DESC, w.received_at DESC`,
    [[...draft].slice(0, longestProbe).join(''), threshold, most],
  );
}

export interface NearbySheet extends SheetGist {
  readonly metres: number;
  /** Similarity of the titles, 0 to 1. */
  readonly similarity: number;
}

/** Live sheets around a point; closer and more similar ones come first. @param probe the title or the text so far */
export async function nearbySheets(
  transaction: Transaction,
  { longitude, latitude }: LonLat,
  {
    metres,
    since,
    probe,
    most,
    homes = false,
  }: {
    readonly metres: number;
    readonly since: Date;
    readonly probe: string;
    readonly most: number;
    /** True: includes sheets whose place is the caller's own address, for agents who take calls. */
    readonly homes?: boolean;
  },
): Promise<readonly NearbySheet[]> {
  return transaction.prepared(
    'sheet-nearby',
    `SELECT ${gist}, round(s.metres)::int AS metres, s.similarity
       FROM nearby_sheets($1::float8, $2::float8, $3::float8, $4::timestamptz, $5::text, $6::int) WITH ORDINALITY s
       JOIN work_order w ON w.no = s.no AND ($7::boolean OR NOT w.place_of_caller) ${ofCase} ORDER BY s.ordinality`,
    [longitude, latitude, metres, since, [...probe].slice(0, longestProbe).join(''), most, homes],
  );
}

/** Live sheets around another sheet with a place; none around the caller's own address. */
export async function sheetsAround(
  transaction: Transaction,
  no: string,
  { metres, days, most }: { readonly metres: number; readonly days: number; readonly most: number },
): Promise<readonly NearbySheet[]> {
  const [own] = await transaction.query<LonLat & { readonly title: string; readonly receivedAt: Date }>(
    `SELECT place_longitude AS longitude, place_latitude AS latitude, title, received_at AS "receivedAt"
       FROM work_order
      WHERE no = $1 AND realm = 'live' AND place_longitude IS NOT NULL AND NOT place_of_caller`,
    [no],
  );
  if (!own) return [];
  const since = new Date(own.receivedAt.getTime() - days * 24 * 3_600_000);
  const found = await nearbySheets(transaction, own, { metres, since, probe: own.title, most: most + 1 });
  return found.filter((one) => one.no !== no).slice(0, most);
}

/** Live sheets with this keyed hash of the contact, newest first. The only place that compares contacts. */
export async function sheetsOfCaller(
  transaction: Transaction,
  match: Buffer,
  most: number,
): Promise<readonly SheetGist[]> {
  return transaction.prepared(
    'sheet-same-caller',
    `SELECT ${gist} FROM caller k JOIN work_order w ON w.no = k.work_order ${ofCase}
      WHERE k.contact_match = $1 AND w.realm = 'live' ORDER BY w.received_at DESC LIMIT $2::int`,
    [match, most],
  );
}

/** False if the database's character type is C. */
export async function trigramsKnowChinese(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ known: boolean }>('SELECT trigrams_know_chinese() AS known');
  return row?.known ?? false;
}

/** Numbers of other live sheets of the same caller, newest first, by keyed hash. */
export async function othersOfCaller(
  transaction: Transaction,
  no: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await transaction.query<{ no: string }>(
    `SELECT o.work_order AS no FROM caller k
       JOIN caller o ON o.contact_match = k.contact_match AND o.work_order <> k.work_order
       JOIN work_order w ON w.no = o.work_order AND w.realm = 'live'
      WHERE k.work_order = $1 ORDER BY o.work_order DESC LIMIT $2::int`,
    [no, most],
  );
  return rows.map((row) => row.no);
}

/**
 * The keyed hash of the contact for each sheet that has one; equal for all sheets of a caller. It
 * must not be shown or stored.
 */
export async function callersOf(
  transaction: Transaction,
  nos: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ no: string; caller: string }>(
    `SELECT work_order AS no, encode(contact_match, 'hex') AS caller FROM caller
      WHERE work_order = ANY($1) AND contact_match IS NOT NULL`,
    [nos],
  );
  return new Map(rows.map(({ no, caller }) => [no, caller]));
}

/**
 * Whether `other` came in before the sheet `no`, from the same caller. A caller without a contact
 * cannot be recognised.
 *
 * @param unfinished whether one that is still being handled counts
 */
export async function isEarlierSheet(
  transaction: Transaction,
  no: string,
  other: string,
  unfinished: boolean,
): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(
    `SELECT EXISTS (
       SELECT FROM caller k JOIN work_order w ON w.no = k.work_order
         JOIN caller o ON o.contact_match = k.contact_match
         JOIN work_order e ON e.no = o.work_order AND e.realm = w.realm 
          AND (e.received_at, e.no) < (w.received_at, w.no)
         JOIN case_overview c ON c.business_key = e.no AND (c.ended_at IS NOT NULL OR $3::boolean)
        WHERE k.work_order = $1 AND e.no = $2) AS found`,
    [no, other, unfinished],
  );
  return row?.found ?? false;
}

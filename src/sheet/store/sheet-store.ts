import type { Seal, Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Corrections } from '../correctable.js';
import { callerFields, callerOf, keepValue, looksLikeContact, matchOf } from '../caller.js';
import { sealPlace } from '../place.js';
import { sealWords } from '../words.js';
import { searchWords } from '../search-words.js';
import type { KeptSheet, SheetHead, WorkOrder } from '../work-order.js';
import { callerRow, openCaller, type CallerRow, type OpenedCaller } from './caller-rows.js';
import { correctPlace, type PlaceCorrection } from './correct-place.js';
import { callerBefore, correctSheet, lockSheet, type CallerBefore } from './correct-sheet.js';
import { sheetsOfCaller, type SheetGist } from './similar-sheets.js';
import { wordColumns } from './word-rows.js';

/** Cursor: time of receipt and number of the last sheet. */
export type SheetMark = readonly [receivedAt: string, no: string];

interface SheetPage {
  readonly limit: number;
  readonly after?: SheetMark | undefined;
  readonly realm: WorkOrder['realm'];
  /** True: reads with the viewer's rights, so only sheets of their units. */
  readonly fenced: boolean;
}

interface SearchPage {
  readonly most: number;
  readonly after?: SheetMark | undefined;
  readonly openOnly?: boolean;
  /** True: a search for a caller's contact finds the caller's sheets. */
  readonly callers?: boolean;
}

interface MarkedSheet {
  readonly sheet: SheetHead;
  readonly mark: SheetMark;
}

export interface Sheets {
  /**
   * Inserts new sheets; existing numbers are left unchanged.
   *
   * @returns digests of the words and of the caller's values by number, for the trail
   */
  open(transaction: Transaction, sheets: readonly WorkOrder[]): ReadonlyMap<string, readonly Seal[]>;
  /** The next `count` numbers of a civil day (`YYYY-MM-DD`), without gaps between committed sheets. */
  nextNumbers(transaction: Transaction, day: string, count: number): Promise<readonly string[]>;
  /** The sheet, without the caller if the role may not see the caller. */
  find(transaction: Transaction, no: string): Promise<KeptSheet | undefined>;
  /** The caller's values with salts; undefined if there are none. */
  caller(transaction: Transaction, no: string): Promise<OpenedCaller | undefined>;
  /** Live sheets with this contact, newest first. */
  ofCaller(transaction: Transaction, contact: string, most: number): Promise<readonly SheetGist[]>;
  /** Newest first, after the cursor. */
  list(transaction: Transaction, page: SheetPage): Promise<readonly MarkedSheet[]>;
  /** Counts up to `most` + 1. */
  count(transaction: Transaction, of: Pick<SheetPage, 'realm' | 'fenced'>, most: number): Promise<number>;
  /**
   * Numbers of live sheets that contain all words (`searchWords`), or begin with the only word, or
   * have this number from their sender; newest first.
   */
  search(transaction: Transaction, words: string, page: SearchPage): Promise<readonly string[]>;
  /** Locks the sheet, so that corrections take turns. @returns whether the sheet exists */
  lock(transaction: Transaction, no: string): Promise<boolean>;
  /**
   * @returns digests of the corrected words and of the caller's new values. @throws {Refusal}
   * `caller.none` after erasure
   */
  correct(transaction: Transaction, no: string, changes: Corrections, at: Date): Promise<readonly Seal[]>;
  /**
   * Corrects the place of a locked sheet. @returns the new place's digest; undefined without a
   * place. @throws {Refusal} `caller.none` after erasure
   */
  correctPlace(transaction: Transaction, correction: PlaceCorrection): Promise<Seal | undefined>;
  /** The caller's values that corrections replaced, earliest first. */
  callerBefore(transaction: Transaction, no: string): Promise<readonly CallerBefore[]>;
  /** By number; missing sheets are omitted. */
  named(transaction: Transaction, numbers: readonly string[]): Promise<readonly MarkedSheet[]>;
}

export function createSheets(vault: Vault): Sheets {
  return {
    open: (transaction, sheets) => {
      const kept = sheets.map((sheet) => ({
        sheet,
        ...keptCaller(vault, sheet),
        place: sheet.place && sealPlace(sheet.place),
        words: sealWords(sheet),
      }));
      transaction.write('sheet-open', openSql, [
        JSON.stringify(
          kept.map(({ sheet, words, place }) => sheetRow(sheet, words.salt, place?.salt ?? null)),
        ),
        JSON.stringify(kept.flatMap(({ row }) => row ?? [])),
      ]);
      return new Map(
        kept.map(({ sheet, seals, words, place }) => [
          sheet.no,
          [...words.seals, ...seals, ...(place ? [place] : [])],
        ]),
      );
    },
    nextNumbers: async (transaction, day, count) => {
      const [row] = await transaction.query<{ last: number }>(
        `INSERT INTO work_order_number AS n (day, last) VALUES ($1::date, $2::int)
         ON CONFLICT (day) DO UPDATE SET last = n.last + excluded.last RETURNING last`,
        [day, count],
      );
      const last = row?.last ?? count;
      return Array.from({ length: count }, (_, index) => numberOf(day, last - count + index + 1));
    },
    find: async (transaction, no) => {
      const [row] = await transaction.prepared<
        SheetHead & CallerRow & { placeSalt: string | null; wordsSalt: string }
      >(
        'sheet-find',
        `SELECT ${columns}, w.place_salt AS "placeSalt", w.words_salt AS "wordsSalt", c.name, c.contact, c.address, c.erased_at AS "erasedAt"
           FROM work_order w LEFT JOIN caller c ON c.work_order = w.no WHERE w.no = $1`,
        [no],
      );
      if (!row) return undefined;
      const { name, contact, address, erasedAt, ...sheet } = row;
      const caller = openCaller(vault, no, { name, contact, address });
      return {
        ...sheet,
        callerName: caller.name?.value ?? null,
        callerContact: caller.contact?.value ?? null,
        callerAddress: caller.address?.value ?? null,
        callerErasedAt: erasedAt,
      };
    },
    caller: async (transaction, no) => {
      const row = await callerRow(transaction, no);
      return row && openCaller(vault, no, row);
    },
    ofCaller: async (transaction, contact, most) => {
      const match = matchOf(vault, contact);
      return match ? sheetsOfCaller(transaction, match, most) : [];
    },
    list: async (transaction, { limit, after, realm, fenced }) => {
      const values: unknown[] = [...(after ?? newest)];
      const live = realm === 'live' ? 'live' : 'replay';
      if (!fenced) {
        return marked(
          await transaction.query<MarkedRow>(
            `SELECT ${columns}, w.received_at::text AS mark FROM work_order w
              WHERE w.realm = '${live}' AND (w.received_at, w.no) < ($1::timestamptz, $2)
              ORDER BY w.received_at DESC, w.no DESC LIMIT ${limit}`,
            values,
          ),
        );
      }
      return marked(
        await transaction.query<MarkedRow>(
          `SELECT ${columns}, n.started_at::text AS mark
             FROM newest_visible('${live}', $1::timestamptz, $2, ${limit}) n
             JOIN work_order w ON w.no = n.no
            ORDER BY n.started_at DESC, n.no DESC`,
          values,
        ),
      );
    },
    count: async (transaction, { realm, fenced }, most) => {
      const all = fenced ? 'SELECT DISTINCT case_id FROM visible_party' : 'SELECT FROM work_order';
      const [row] = await transaction.query<{ count: number }>(
        `SELECT count(*) AS count FROM (${all} WHERE realm = $1 LIMIT ${most + 1}) one`,
        [realm],
      );
      return row?.count ?? 0;
    },
    search: async (transaction, words, { most, after, openOnly = false, callers = false }) => {
      const match = callers && looksLikeContact(words) ? matchOf(vault, words) : undefined;
      const ofCaller = match ? await sheetsOfCaller(transaction, match, mostOfCaller) : [];
      if (ofCaller.length > 0) {
        const numbers = ofCaller.filter(({ ended }) => !(openOnly && ended)).map(({ no }) => no);
        const from = after === undefined ? 0 : numbers.indexOf(after[1]) + 1;
        return numbers.slice(from, from + most);
      }
      const sentAs = openOnly ? [] : await sheetsSentAs(transaction, words.trim());
      if (sentAs.length > 0) {
        const from = after === undefined ? 0 : sentAs.indexOf(after[1]) + 1;
        return sentAs.slice(from, from + most);
      }
      const rows = await transaction.prepared<{ no: string }>(
        'sheet-search',
        'SELECT no FROM search_sheets($1::text[], $2::boolean, $3::timestamptz, $4::text, $5::int) no',
        [searchWords(words), openOnly, ...(after ?? newest), most],
      );
      return rows.map(({ no }) => no);
    },
    lock: lockSheet,
    correct: (transaction, no, changes, at) => correctSheet(vault, transaction, no, changes, at),
    correctPlace: (transaction, correction) => correctPlace(vault, transaction, correction),
    callerBefore: (transaction, no) => callerBefore(vault, transaction, no),
    named: async (transaction, numbers) =>
      marked(
        await transaction.query<MarkedRow>(
          `SELECT ${columns}, w.received_at::text AS mark FROM work_order w
            WHERE w.no = ANY ($1::text[]) ORDER BY w.received_at DESC, w.no DESC`,
          [[...numbers]],
        ),
      ),
  };
}

/** Live sheets with this number from their sender, newest first. */
async function sheetsSentAs(transaction: Transaction, number: string): Promise<readonly string[]> {
  const rows = await transaction.prepared<{ no: string }>(
    'sheet-sent-as',
    `SELECT no FROM work_order WHERE realm = 'live' AND external_no = $1 ORDER BY received_at DESC, no DESC LIMIT 100`,
    [number],
  );
  return rows.map(({ no }) => no);
}

/** Most sheets of one caller that are found by the contact. */
const mostOfCaller = 1000;

/** Cursor before the first row. */
const newest: SheetMark = ['infinity', ''];

type MarkedRow = SheetHead & { readonly mark: string };

const marked = (rows: readonly MarkedRow[]): readonly MarkedSheet[] =>
  rows.map(({ mark, ...sheet }) => ({ sheet, mark: [mark, sheet.no] }));

const columns = `w.no, w.realm, ${wordColumns},
  CASE WHEN w.place_of_caller OR num_nonnulls(w.place_address, w.place_system) > 0 THEN json_build_object(
    'address', w.place_address, 'ofCaller', w.place_of_caller, 'within', w.place_within,
    'given', CASE WHEN w.place_system IS NOT NULL THEN json_build_object('longitude', w.place_given_longitude,
      'latitude', w.place_given_latitude, 'system', w.place_system) END,
    'point', CASE WHEN w.place_system IS NOT NULL THEN json_build_object('longitude', w.place_longitude,
      'latitude', w.place_latitude) END) END AS place`;

/** `20261124-000001`: day of acceptance and running number. */
const numberOf = (day: string, running: number): string =>
  `${day.replaceAll('-', '')}-${String(running).padStart(6, '0')}`;

const sheetRow = (sheet: WorkOrder, wordsSalt: string, placeSalt: string | null) => ({
  no: sheet.no,
  realm: sheet.realm,
  external_no: sheet.externalNo,
  channel: sheet.channel,
  kind: sheet.kind,
  title: sheet.title,
  content: sheet.content,
  reply_wanted: sheet.replyWanted,
  confidential: sheet.confidential,
  language: sheet.language,
  messages_wanted: sheet.messagesWanted,
  district: sheet.district,
  received_at: sheet.receivedAt,
  words_salt: wordsSalt,
  place_address: sheet.place?.address,
  place_given_longitude: sheet.place?.given?.longitude,
  place_given_latitude: sheet.place?.given?.latitude,
  place_system: sheet.place?.given?.system,
  place_longitude: sheet.place?.point?.longitude,
  place_latitude: sheet.place?.point?.latitude,
  place_of_caller: sheet.place?.ofCaller ?? false,
  place_within: sheet.place?.within,
  place_salt: placeSalt,
});

/** No row if nothing is known. */
function keptCaller(vault: Vault, sheet: WorkOrder) {
  const caller = callerOf(sheet);
  const seals: Seal[] = [];
  const boxes: { [field: string]: string } = {};
  for (const field of callerFields) {
    const text = caller[field];
    if (text === null) continue;
    const kept = keepValue(vault, sheet.no, field, text);
    seals.push(kept.seal);
    boxes[field] = kept.box.toString('base64');
  }
  const match = caller.contact === null ? undefined : matchOf(vault, caller.contact);
  const row =
    seals.length === 0 ? undefined : { no: sheet.no, ...boxes, match: match?.toString('base64') ?? null };
  return { seals, row };
}

const placeColumns = `place_address, place_given_longitude, place_given_latitude, place_system, place_longitude,
  place_latitude, place_of_caller, place_within, place_salt`;

const openSql = `
  WITH opened AS (
    INSERT INTO work_order (no, realm, external_no, channel, kind, title, content, reply_wanted, confidential,
           language, messages_wanted, district, received_at, words_salt, ${placeColumns})
    SELECT no, realm, external_no, channel, kind, title, content, reply_wanted, confidential, language,
           messages_wanted, district, received_at, words_salt, ${placeColumns}
      FROM json_to_recordset($1::json) AS n (no text, realm text, external_no text, channel text, kind text,
           title text, content text, reply_wanted boolean, confidential boolean, language text, messages_wanted boolean, district text,
           received_at timestamptz, words_salt text, place_address text, place_given_longitude double precision,
           place_given_latitude double precision, place_system text, place_longitude double precision,
           place_latitude double precision, place_of_caller boolean, place_within text, place_salt text)
    ON CONFLICT (no) DO NOTHING RETURNING no
  )
  INSERT INTO caller (work_order, name, contact, address, contact_match)
  SELECT n.no, decode(n.name, 'base64'), decode(n.contact, 'base64'), decode(n.address, 'base64'),
         decode(n.match, 'base64')
    FROM json_to_recordset($2::json) AS n (no text, name text, contact text, address text, match text)
    JOIN opened o ON o.no = n.no`;

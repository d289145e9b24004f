import type { Seal, Vault } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { callerFields, callerOf, keepValue, matchOf } from '../caller.js';
import type { KeptSheet, SheetHead, WorkOrder } from '../work-order.js';
import { callerRow, openCaller, type CallerRow, type OpenedCaller } from './caller-rows.js';
import { sheetsOfCaller, type SheetGist } from './similar-sheets.js';

export interface Sheets {
  /**
   * Writes new sheets; one whose number exists already is left as it is.
   *
   * @returns by number what proves the caller's values, for the trail
   */
  open(transaction: Transaction, sheets: readonly WorkOrder[]): ReadonlyMap<string, readonly Seal[]>;
  /** The next `count` running numbers of a civil day (`YYYY-MM-DD`), without holes between committed sheets. */
  nextNumbers(transaction: Transaction, day: string, count: number): Promise<readonly string[]>;
  /** Whoever may not see the caller reads the sheet without. */
  find(transaction: Transaction, no: string): Promise<KeptSheet | undefined>;
  /** The caller's values with the salts of their seals; undefined where nothing is kept. */
  caller(transaction: Transaction, no: string): Promise<OpenedCaller | undefined>;
  /** Live sheets of whoever has this contact, newest first. */
  ofCaller(transaction: Transaction, contact: string, most: number): Promise<readonly SheetGist[]>;
  /** Newest first. */
  list(
    transaction: Transaction,
    page: {
      readonly limit: number;
      readonly offset: number;
      readonly realm: WorkOrder['realm'];
      /** Only those that are theirs at present; without it all. */
      readonly units?: readonly string[] | undefined;
    },
  ): Promise<{
    readonly total: number;
    readonly sheets: readonly SheetHead[];
  }>;
}

export function createSheets(vault: Vault): Sheets {
  return {
    open: (transaction, sheets) => {
      const kept = sheets.map((sheet) => ({ sheet, ...keptCaller(vault, sheet) }));
      transaction.write('sheet-open', openSql, [
        JSON.stringify(sheets.map(sheetRow)),
        JSON.stringify(kept.flatMap(({ row }) => row ?? [])),
      ]);
      return new Map(kept.map(({ sheet, seals }) => [sheet.no, seals]));
    },
    nextNumbers: async (transaction, day, count) => {
      const [row] = await transaction.query<{ last: number }>(
        `INSERT INTO hotline.work_order_number AS n (day, last) VALUES ($1::date, $2::int)
         ON CONFLICT (day) DO UPDATE SET last = n.last + excluded.last RETURNING last`,
        [day, count],
      );
      const last = row?.last ?? count;
      return Array.from({ length: count }, (_, index) => numberOf(day, last - count + index + 1));
    },
    find: async (transaction, no) => {
      const [row] = await transaction.prepared<SheetHead & CallerRow>(
        'sheet-find',
        `SELECT ${columns}, c.name, c.contact, c.address, c.erased_at AS "erasedAt"
           FROM hotline.work_order w LEFT JOIN hotline.caller c ON c.work_order = w.no WHERE w.no = $1`,
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
    list: async (transaction, { limit, offset, realm, units }) => {
      const theirs = `w.realm = $1 AND ($2::text[] IS NULL OR w.no IN (
        SELECT p.business_key FROM hotline.case_party p WHERE p.party = ANY ($2::text[])))`;
      const filter = [realm, units ? [...units] : null];
      const [counted] = await transaction.query<{ total: number }>(
        `SELECT count(*) AS total FROM hotline.work_order w WHERE ${theirs}`,
        filter,
      );
      const sheets = await transaction.query<SheetHead>(
        `SELECT ${columns} FROM hotline.work_order w WHERE ${theirs}
          ORDER BY w.received_at DESC, w.no DESC LIMIT $3 OFFSET $4`,
        [...filter, limit, offset],
      );
      return { total: counted?.total ?? 0, sheets };
    },
  };
}

const columns = `w.no, w.realm, w.external_no AS "externalNo", w.channel, w.kind, w.title, w.content,
  w.reply_wanted AS "replyWanted", w.confidential, w.district, w.received_at AS "receivedAt"`;

/** `20261124-000001`: the day of acceptance and the day's running number. */
const numberOf = (day: string, running: number): string =>
  `${day.replaceAll('-', '')}-${String(running).padStart(6, '0')}`;

const sheetRow = (sheet: WorkOrder) => ({
  no: sheet.no,
  realm: sheet.realm,
  external_no: sheet.externalNo,
  channel: sheet.channel,
  kind: sheet.kind,
  title: sheet.title,
  content: sheet.content,
  reply_wanted: sheet.replyWanted,
  confidential: sheet.confidential,
  district: sheet.district,
  received_at: sheet.receivedAt,
});

/** No row for a caller of whom nothing is known. */
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

const openSql = `
  WITH opened AS (
    INSERT INTO hotline.work_order (no, realm, external_no, channel, kind, title, content, reply_wanted, confidential,
           district, received_at)
    SELECT no, realm, external_no, channel, kind, title, content, reply_wanted, confidential, district, received_at
      FROM json_to_recordset($1::json) AS n (no text, realm text, external_no text, channel text, kind text,
           title text, content text, reply_wanted boolean, confidential boolean, district text,
           received_at timestamptz)
    ON CONFLICT (no) DO NOTHING RETURNING no)
  INSERT INTO hotline.caller (work_order, name, contact, address, contact_match)
  SELECT n.no, decode(n.name, 'base64'), decode(n.contact, 'base64'), decode(n.address, 'base64'),
         decode(n.match, 'base64')
    FROM json_to_recordset($2::json) AS n (no text, name text, contact text, address text, match text)
    JOIN opened o ON o.no = n.no`;

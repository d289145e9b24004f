import type { Transaction } from '../../persistence/index.js';
import type { WorkOrder } from '../work-order.js';

export interface Sheets {
  /** Writes new sheets; one whose number exists already is left as it is. */
  open(transaction: Transaction, sheets: readonly WorkOrder[]): void;
  /** The next `count` running numbers of a civil day (`YYYY-MM-DD`), without holes between committed sheets. */
  nextNumbers(transaction: Transaction, day: string, count: number): Promise<readonly string[]>;
  find(transaction: Transaction, no: string): Promise<WorkOrder | undefined>;
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
    readonly sheets: readonly WorkOrder[];
  }>;
}

export function createSheets(): Sheets {
  return {
    open: (transaction, sheets) => {
      transaction.write('sheet-open', openSql, [
        JSON.stringify(
          sheets.map((sheet) => ({
            no: sheet.no,
            realm: sheet.realm,
            external_no: sheet.externalNo,
            channel: sheet.channel,
            kind: sheet.kind,
            title: sheet.title,
            content: sheet.content,
            caller_name: sheet.callerName,
            caller_contact: sheet.callerContact,
            reply_wanted: sheet.replyWanted,
            confidential: sheet.confidential,
            district: sheet.district,
            received_at: sheet.receivedAt,
          })),
        ),
      ]);
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
      const [sheet] = await transaction.prepared<WorkOrder>(
        'sheet-find',
        `SELECT ${columns} FROM hotline.work_order w WHERE w.no = $1`,
        [no],
      );
      return sheet;
    },
    list: async (transaction, { limit, offset, realm, units }) => {
      const theirs = `w.realm = $1 AND ($2::text[] IS NULL OR w.no IN (
        SELECT p.business_key FROM hotline.case_party p WHERE p.party = ANY ($2::text[])))`;
      const filter = [realm, units ? [...units] : null];
      const [counted] = await transaction.query<{ total: number }>(
        `SELECT count(*) AS total FROM hotline.work_order w WHERE ${theirs}`,
        filter,
      );
      const sheets = await transaction.query<WorkOrder>(
        `SELECT ${columns} FROM hotline.work_order w WHERE ${theirs}
          ORDER BY w.received_at DESC, w.no DESC LIMIT $3 OFFSET $4`,
        [...filter, limit, offset],
      );
      return { total: counted?.total ?? 0, sheets };
    },
  };
}

const columns = `w.no, w.realm, w.external_no AS "externalNo", w.channel, w.kind, w.title, w.content,
  w.caller_name AS "callerName", w.caller_contact AS "callerContact", w.reply_wanted AS "replyWanted", w.confidential, w.district,
  w.received_at AS "receivedAt"`;

/** `20261124-000001`: the day of acceptance and the day's running number. */
const numberOf = (day: string, running: number): string =>
  `${day.replaceAll('-', '')}-${String(running).padStart(6, '0')}`;

const openSql = `
  INSERT INTO hotline.work_order (no, realm, external_no, channel, kind, title, content, caller_name, caller_contact,
         reply_wanted, confidential, district, received_at)
  SELECT no, realm, external_no, channel, kind, title, content, caller_name, caller_contact,
         reply_wanted, confidential, district, received_at
    FROM json_to_recordset($1::json) AS n (no text, realm text, external_no text, channel text, kind text,
         title text, content text, caller_name text, caller_contact text, reply_wanted boolean,
         confidential boolean, district text, received_at timestamptz)
  ON CONFLICT (no) DO NOTHING`;

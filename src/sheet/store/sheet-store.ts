import type { Database, Transaction } from '../../persistence/index.js';
import type { WorkOrder } from '../work-order.js';
import { WorkOrderEntity } from './work-order-entity.js';

export interface Sheets {
  /** Writes new sheets; one whose number exists already is left as it is. */
  open(transaction: Transaction, sheets: readonly WorkOrder[]): void;
  /** The next `count` running numbers of a civil day (`YYYY-MM-DD`), without holes between committed sheets. */
  nextNumbers(transaction: Transaction, day: string, count: number): Promise<readonly string[]>;
  find(no: string): Promise<WorkOrder | undefined>;
  /** Newest first. */
  list(page: {
    readonly limit: number;
    readonly offset: number;
    readonly realm: WorkOrder['realm'];
  }): Promise<{
    readonly total: number;
    readonly sheets: readonly WorkOrder[];
  }>;
}

export function createSheets(database: Database): Sheets {
  const repository = database.dataSource.getRepository(WorkOrderEntity);
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
    find: async (no) => (await repository.findOneBy({ no })) ?? undefined,
    list: async ({ limit, offset, realm }) => {
      const [sheets, total] = await repository.findAndCount({
        where: { realm },
        order: { receivedAt: 'DESC', no: 'DESC' },
        take: limit,
        skip: offset,
      });
      return { total, sheets };
    },
  };
}

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

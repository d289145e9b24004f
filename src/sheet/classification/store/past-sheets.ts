import type { Transaction } from '../../../platform/database/index.js';

export interface PastSheet {
  readonly no: string;
  readonly kind: string;
  readonly district: string | null;
  /** Codes of its class, from the first level down. */
  readonly path: readonly string[];
  readonly trade: string | null;
}

/** The latest classified sheets, newest first. */
export async function pastSheets(transaction: Transaction, most: number): Promise<PastSheet[]> {
  return transaction.query<PastSheet>(
    `SELECT w.no, w.kind, w.district, c.path, c.trade
       FROM (SELECT no, kind, district, received_at FROM sheet_overview
              WHERE realm = 'live' ORDER BY received_at DESC LIMIT $1::int) w
       CROSS JOIN LATERAL (SELECT path, trade FROM sheet_class s
                            WHERE s.work_order = w.no ORDER BY id DESC LIMIT 1) c
      ORDER BY w.received_at DESC`,
    [most],
  );
}

/** Which sheets are merged into which. The trail records who merged them and why. */
import type { Transaction } from '../../platform/database/index.js';
import type { WorkOrder } from '../work-order.js';

/** A sheet as shown to others of its matter: without the caller. */
export interface MergedSheet extends Pick<WorkOrder, 'no' | 'kind' | 'title' | 'channel' | 'receivedAt'> {
  readonly ended: boolean;
  readonly unit: string | null;
  /** The nearest limit of an open sheet; null if none runs. */
  readonly due: Date | null;
  /** Number of sheets merged into it. */
  readonly members: number;
}

export async function leadOf(transaction: Transaction, no: string): Promise<string | undefined> {
  const [row] = await transaction.query<{ lead: string }>('SELECT lead FROM merged_sheet WHERE member = $1', [
    no,
  ]);
  return row?.lead;
}

/** Numbers, in the order of receipt. */
export async function membersOf(transaction: Transaction, lead: string): Promise<readonly string[]> {
  const rows = await transaction.query<{ no: string }>(
    `SELECT w.no FROM merged_sheet m JOIN work_order w ON w.no = m.member
      WHERE m.lead = $1 ORDER BY w.received_at, w.no`,
    [lead],
  );
  return rows.map(({ no }) => no);
}

/** In the order of receipt; missing and invisible ones are left out. */
export async function mergedSheets(
  transaction: Transaction,
  numbers: readonly string[],
): Promise<readonly MergedSheet[]> {
  if (numbers.length === 0) return [];
  return transaction.query(
    `SELECT w.no, w.kind, w.title, w.channel, w.received_at AS "receivedAt",
            coalesce(c.ended_at IS NOT NULL, false) AS ended, c.lead_unit AS unit,
            CASE WHEN c.ended_at IS NULL AND isfinite(c.limit_at) THEN c.limit_at END AS due,
            (SELECT count(*)::int FROM merged_sheet m WHERE m.lead = w.no) AS members
       FROM work_order w LEFT JOIN case_overview c ON c.business_key = w.no
      WHERE w.no = ANY ($1::text[]) ORDER BY w.received_at, w.no`,
    [[...numbers]],
  );
}

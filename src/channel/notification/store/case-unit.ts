import type { Transaction } from '../../../platform/database/index.js';

/** The present handling unit of each work order; missing before dispatch, or if the unit is recused. */
export async function unitsOf(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ no: string; unit: string }>(
    `SELECT business_key AS no, lead_unit AS unit FROM case_overview
      WHERE business_key = ANY($1::text[]) AND lead_unit IS NOT NULL`,
    [workOrders],
  );
  return new Map(rows.map(({ no, unit }) => [no, unit]));
}

/** Live cases visible to the reader, with the present handling unit; null if there is none yet. */
export async function liveUnitsOf(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await transaction.query<{ no: string; unit: string | null }>(
    `SELECT business_key AS no, lead_unit AS unit FROM case_overview
      WHERE business_key = ANY($1::text[]) AND realm = 'live'`,
    [workOrders],
  );
  return new Map(rows.map(({ no, unit }) => [no, unit]));
}

/** Lead and supporting units of each work order, without recused ones. */
export async function partiesOf(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await transaction.query<{ no: string; parties: string[] }>(
    `SELECT business_key AS no, array_agg(party) AS parties FROM party_overview
      WHERE business_key = ANY($1::text[]) GROUP BY business_key`,
    [workOrders],
  );
  return new Map(rows.map(({ no, parties }) => [no, parties]));
}

/** Open tasks of a work order, with the roles that hold them now. */
export const openTasksOf = (
  transaction: Transaction,
  workOrder: string,
): Promise<{ element: string; name: string; role: string | null }[]> =>
  transaction.query(
    `SELECT t.element, t.name, t.role FROM open_task t JOIN case_overview c ON c.id = t.case_id
      WHERE c.business_key = $1`,
    [workOrder],
  );

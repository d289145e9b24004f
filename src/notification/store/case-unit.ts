import type { Transaction } from '../../persistence/index.js';

/** The handling unit of each work order at present; none where it has not been dispatched yet. */
export async function unitsOf(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ no: string; unit: string }>(
    `SELECT business_key AS no, variables ->> 'unit' AS unit FROM case_overview
      WHERE business_key = ANY($1::text[]) AND variables ->> 'unit' <> ''`,
    [workOrders],
  );
  return new Map(rows.map(({ no, unit }) => [no, unit]));
}

/** Of those that are handled in earnest and seen, the handling unit at present; null where there is none yet. */
export async function liveUnitsOf(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await transaction.query<{ no: string; unit: string | null }>(
    `SELECT business_key AS no, nullif(variables ->> 'unit', '') AS unit FROM case_overview
      WHERE business_key = ANY($1::text[]) AND realm = 'live'`,
    [workOrders],
  );
  return new Map(rows.map(({ no, unit }) => [no, unit]));
}

/** The units whose sheet each work order is, lead and supporting, without those that have to withdraw. */
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

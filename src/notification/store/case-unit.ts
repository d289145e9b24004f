import type { Transaction } from '../../persistence/index.js';

/** The handling unit of each work order at present; none where it has not been dispatched yet. */
export async function unitsOf(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ no: string; unit: string }>(
    `SELECT business_key AS no, variables ->> 'unit' AS unit FROM hotline.process_case
      WHERE business_key = ANY($1::text[]) AND variables ->> 'unit' <> ''`,
    [workOrders],
  );
  return new Map(rows.map(({ no, unit }) => [no, unit]));
}

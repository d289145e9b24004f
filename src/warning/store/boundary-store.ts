import type { Transaction } from '../../persistence/index.js';

export interface Boundary {
  readonly name: string;
  /** Points per ring: longitude, latitude. */
  readonly rings: [number, number][][];
}

export const readBoundaries = (transaction: Transaction): Promise<Boundary[]> =>
  transaction.query<Boundary>('SELECT name, rings FROM district_boundary ORDER BY name');

/** Replaces all boundaries. */
export async function replaceBoundaries(
  transaction: Transaction,
  boundaries: readonly Boundary[],
): Promise<void> {
  await transaction.query('DELETE FROM district_boundary');
  await transaction.query(
    `INSERT INTO district_boundary (name, rings)
     SELECT name, rings FROM json_to_recordset($1::json) AS n (name text, rings json)`,
    [JSON.stringify(boundaries)],
  );
}

import type { Database } from './database.js';
import { schemaNames } from './schema-names.js';

/**
 * The database as people of these units see it: reading only, their cases only, whatever the queries ask for. See
 * `schema/11-fence.sql`.
 *
 * @param recused cases that they must keep away from, by business key, also where all others are theirs to see
 */
export function asViewer<D extends Pick<Database, 'schema' | 'transaction'>>(
  database: D,
  units: readonly string[] | 'all',
  recused: readonly string[] = [],
): D {
  const { viewer } = schemaNames(database.schema);
  const list = (names: readonly string[]): string =>
    Buffer.from(JSON.stringify(names), 'utf8').toString('hex');
  const settings = units === 'all' ? `hotline.sees_all = 'on'` : `hotline.units = '${list(units)}'`;
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (transaction) => {
        // SET, not set_config: whoever reads a snapshot must be able to ask for it before the first query.
        await transaction.query(`SET LOCAL ${settings}`);
        if (recused.length > 0) await transaction.query(`SET LOCAL hotline.recused = '${list(recused)}'`);
        await transaction.query(`SET LOCAL ROLE ${viewer}`);
        return work(transaction);
      }),
  };
}

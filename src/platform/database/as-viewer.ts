import type { Database } from './database.js';
import { schemaNames } from './schema-names.js';

/**
 * A read-only database with the viewer's row-level security: only cases of these units. See `schema/11-fence.sql`.
 *
 * @param recused cases to exclude, by business key, even if all others are visible
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
        // SET, not set_config: an exported snapshot can be imported only before the first query.
        await transaction.query(`SET LOCAL ${settings}`);
        if (recused.length > 0) await transaction.query(`SET LOCAL hotline.recused = '${list(recused)}'`);
        await transaction.query(`SET LOCAL ROLE ${viewer}`);
        return work(transaction);
      }),
  };
}

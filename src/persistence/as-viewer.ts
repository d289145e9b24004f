import type { Database } from './database.js';
import { viewerRole } from './target.js';

/**
 * The database as people of these units see it: reading only, their cases only, whatever the queries ask for. See
 * `migrations/0040-row-security.ts`.
 */
export function asViewer<D extends Pick<Database, 'transaction'>>(database: D, units: readonly string[]): D {
  const names = Buffer.from(JSON.stringify(units), 'utf8').toString('hex');
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (transaction) => {
        // SET, not set_config: whoever reads a snapshot must be able to ask for it before the first query.
        await transaction.query(`SET LOCAL hotline.units = '${names}'`);
        await transaction.query(`SET LOCAL ROLE ${viewerRole}`);
        return work(transaction);
      }),
  };
}

import type { Database, OpenOptions } from './database.js';

/**
 * Opens the database (`database.ts`). TypeORM and pg are loaded only then: a command that needs no database starts
 * without them.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const database = await import('./database.js');
  return database.openDatabase(options);
}

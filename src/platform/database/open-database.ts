import type { Database, OpenOptions } from './database.js';

/** Opens the database (`database.ts`). Loads TypeORM and pg only then: other commands start without them. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const database = await import('./database.js');
  return database.openDatabase(options);
}

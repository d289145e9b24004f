/** Real databases for tests: every test file gets a copy of the run's template in some hundredths of a second. */
import { after, before } from 'mocha';
import pg from 'pg';
import { entities } from '../../src/main.js';
import { type Database, openDatabase, type OpenOptions } from '../../src/platform/database/index.js';
import { systemClock } from '../../src/kernel/clock.js';
import { testServer, urlOf } from './test-server.js';

export type TestDatabase = Database & {
  /** URL of the owner, for inspecting the database beyond the program's rights, and for child processes. */
  readonly url: string;
};

let admin: Promise<pg.Pool> | undefined;
let copies = 0;

/** A new database. @returns its name and the URL of its owner */
async function createDatabase(from: 'template' | 'nothing'): Promise<{ name: string; url: string }> {
  const server = await testServer();
  const name = `${server.prefix}${process.pid}_${++copies}`;
  const source = from === 'template' ? server.template : 'template0';
  await asAdmin(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE ${source}`);
  return { name, url: urlOf(server, name) };
}

async function asAdmin(statement: string, parameters: readonly unknown[] = []): Promise<pg.QueryResult> {
  return (await (admin ??= connectAdmin())).query(statement, [...parameters]);
}

/** An idle connection does not keep the process alive, and may break when the server ends. */
async function connectAdmin(): Promise<pg.Pool> {
  const { adminUrl } = await testServer();
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2, allowExitOnIdle: true });
  return pool.on('error', () => undefined);
}

/**
 * A fresh, migrated database, open under the program's role. `close()` also drops it; the end of
 * the run drops the rest. Never call it outside a hook or a test: it starts a server.
 */
export async function freshDatabase(options: Partial<OpenOptions> = {}): Promise<TestDatabase> {
  const { name, url } = await createDatabase('template');
  const database = await openDatabase({ applicationName: 'test', entities, ...options, url });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await database.close();
    await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { ...undisturbed(database, name), url, close: () => (closed ??= close()) };
}

/** A copy of the database in its present state, like a backup restored later; it cuts the database's connections. */
export async function copyOf(database: TestDatabase): Promise<TestDatabase> {
  const source = new URL(database.url).pathname.slice(1);
  const name = `${source}_copy${++copies}`;
  await asAdmin('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [source]);
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${source}`);
  const url = database.url.replace(`/${source}`, `/${name}`);
  const copy = await openDatabase({ applicationName: 'test', entities, url });
  const close = async () => {
    await copy.close();
    await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { ...undisturbed(copy, name), url, close };
}

/**
 * Entries get places up to the oldest open transaction of the whole server
 * (src/accountability/log/sequencer.ts). Transactions in other databases belong to another worker's
 * tests, so the query for the oldest waits until they have ended.
 */
export function undisturbed(database: Database, name: string): Database {
  return {
    ...database,
    transaction: (work) =>
      database.transaction((transaction) =>
        work({
          ...transaction,
          query: async (sql, parameters) => {
            if (sql.includes('pg_current_snapshot')) await othersEnded(name);
            return transaction.query(sql, parameters);
          },
        }),
      ),
  };
}

async function othersEnded(name: string): Promise<void> {
  const { rows } = await asAdmin(
    'SELECT backend_xid FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname IS DISTINCT FROM $1',
    [name],
  );
  const open = (rows as { backend_xid: string }[]).map((row) => row.backend_xid);
  const stillOpen = 'SELECT FROM pg_stat_activity WHERE backend_xid::text = ANY($1) LIMIT 1';
  while (open.length > 0 && (await asAdmin(stillOpen, [open])).rowCount) await systemClock.sleep(5);
}

/** An empty database that nobody has opened yet: its URL. Dropped at the end of the run. */
export async function emptyDatabase(): Promise<string> {
  return (await createDatabase('nothing')).url;
}

/** For the tests of one `describe`: a fresh database before them, dropped after them. Call it in the `describe`. */
export function useDatabase(options: Partial<OpenOptions> = {}): () => TestDatabase {
  let database: TestDatabase | undefined;
  before(async function () {
    database = await freshDatabase(options);
  });
  after(() => database?.close());
  return () => {
    if (!database) throw new Error('the database is there only while the tests of this describe run');
    return database;
  };
}

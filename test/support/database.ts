/**
 * Real databases for tests. One PostgreSQL serves the whole run (the embedded one in a temporary folder, or that of
 * `DATABASE_URL`); a template is migrated once, and every test file gets a copy of it in some hundredths of a second.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'mocha';
import pg from 'pg';
import { entities } from '../../src/main.js';
import { type Database, openDatabase, type OpenOptions, startEmbedded } from '../../src/persistence/index.js';
import { atEnd } from './teardown.js';

export type TestDatabase = Database & {
  /** Of the owner: for looking into the database past the program's own rights, and for child processes. */
  readonly url: string;
};

/** Nothing in a test's database need survive a power cut. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

interface TestServer {
  readonly admin: pg.Pool;
  urlOf(database: string): string;
}

let started: Promise<TestServer> | undefined;
let copies = 0;

/** This machine's and this run's databases: leftovers of killed runs are known by them. */
const ofThisMachine = `hotline_test_${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}_`;
const prefix = `${ofThisMachine}${process.pid}_`;
const template = `${prefix}template`;

/**
 * A fresh, migrated database, open under the program's role. `close()` also drops it; what is still there at the
 * end of the run is dropped then. Never call it outside a hook or a test: it starts a server.
 */
export async function freshDatabase(options: Partial<OpenOptions> = {}): Promise<TestDatabase> {
  const server = await (started ??= startServer());
  const name = `${prefix}${++copies}`;
  await server.admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = server.urlOf(name);
  const database = await openDatabase({ applicationName: 'test', entities, ...options, url });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await database.close();
    await server.admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { ...database, url, close: () => (closed ??= close()) };
}

/** An empty database that nobody has opened yet: its URL. Dropped at the end of the run. */
export async function emptyDatabase(): Promise<string> {
  const server = await (started ??= startServer());
  const name = `${prefix}${++copies}`;
  await server.admin.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  return server.urlOf(name);
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

async function startServer(): Promise<TestServer> {
  const { adminUrl, end } = process.env['DATABASE_URL']
    ? { adminUrl: process.env['DATABASE_URL'], end: () => Promise.resolve() }
    : await startTemporary();
  const admin = new pg.Pool({ connectionString: adminUrl, max: 2 });
  admin.on('error', () => undefined);
  const urlOf = (database: string) => {
    const url = new URL(adminUrl);
    url.pathname = `/${database}`;
    return url.href;
  };
  atEnd(async () => {
    await dropWhere(admin, (name) => name.startsWith(prefix));
    await admin.end();
    await end();
  });
  await dropWhere(admin, (name) => name.startsWith(ofThisMachine) && isAbandoned(name));
  await admin.query(`CREATE DATABASE ${template} ENCODING 'UTF8' TEMPLATE template0`);
  await (await openDatabase({ applicationName: 'test-template', url: urlOf(template) })).close();
  return { admin, urlOf };
}

const temporaryPrefix = 'hotline-test-';

async function startTemporary(): Promise<{ adminUrl: string; end: () => Promise<void> }> {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(temporaryPrefix) && isAbandoned(name)) await endAbandoned(join(tmpdir(), name));
  }
  const directory = await mkdtemp(join(tmpdir(), `${temporaryPrefix}${process.pid}-`));
  const embedded = await startEmbedded({ directory, settings: fast });
  return {
    adminUrl: embedded.ownerUrl,
    end: async () => {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The server of a run that was killed is still there: join it, be the last to leave, take its folder away. */
async function endAbandoned(directory: string): Promise<void> {
  try {
    await (await startEmbedded({ directory, settings: fast })).stop();
  } catch {
    // Half made, or another user's: then it is not ours to mend, and a folder that stays disturbs nobody.
  }
  await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}

/** Whether the run that named it is over: the name holds its process number. */
function isAbandoned(name: string): boolean {
  const pid = /^(?:hotline-test-|hotline_test_[0-9a-f]{8}_)(\d+)/.exec(name)?.[1];
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function dropWhere(admin: pg.Pool, matches: (name: string) => boolean): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database');
  for (const { datname } of rows) {
    if (matches(datname)) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}

/**
 * The PostgreSQL of a test run: the embedded one in a temporary folder, or that of `DATABASE_URL`.
 * A template is migrated once. `npm test` starts it in the parent and passes it to the workers by
 * environment; for a single file (`npx mocha FILE`) it starts when a test first needs a database.
 */
import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../src/platform/database/embedded/index.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { atEnd, isAbandoned } from './run.js';

export interface TestServer {
  /** Of a superuser, or of an owner that may create databases. */
  readonly adminUrl: string;
  /** Prefix of the run's database names. */
  readonly prefix: string;
  readonly template: string;
}

const variable = 'HOTLINE_TEST_SERVER';

/** A test's database need not survive a power cut. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

let server: Promise<TestServer> | undefined;

export function testServer(): Promise<TestServer> {
  const handed = process.env[variable];
  return (server ??= handed ? Promise.resolve(JSON.parse(handed) as TestServer) : startShared());
}

/** Workers and programs started from now on use it, too; otherwise each would start its own. */
async function startShared(): Promise<TestServer> {
  const started = await start();
  process.env[variable] = JSON.stringify(started);
  return started;
}

export function urlOf({ adminUrl }: TestServer, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function start(): Promise<TestServer> {
  const adminUrl = process.env['DATABASE_URL'] ?? (await startTemporary());
  // Names contain machine and run, so that leftovers of killed runs can be recognised.
  const ofThisMachine = `hotline_test_${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}_`;
  const prefix = `${ofThisMachine}${process.pid}_`;
  const started = { adminUrl, prefix, template: `${prefix}template` };
  atEnd(() => dropWhere(adminUrl, (name) => name.startsWith(prefix)));
  await dropWhere(adminUrl, (name) => name.startsWith(ofThisMachine) && isAbandoned(name));
  await asAdmin(adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${started.template} ENCODING 'UTF8' TEMPLATE template0`),
  );
  const template = urlOf(started, started.template);
  await (await openDatabase({ applicationName: 'test-template', url: template })).close();
  return started;
}

async function startTemporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'server-'));
  const embedded = await startEmbedded({ directory, settings: fast });
  atEnd(() => embedded.stop());
  return embedded.ownerUrl;
}

async function dropWhere(adminUrl: string, matches: (name: string) => boolean): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database');
    for (const { datname } of rows) {
      if (matches(datname)) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
    }
  });
}

async function asAdmin(adminUrl: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

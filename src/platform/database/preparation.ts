/** Preparation as the owner before the program starts: checks the server, creates the roles, migrates. */
import pg from 'pg';
import { Refusal } from '../../kernel/refusal.js';
import { extensionSchemas, missingExtensions } from './extensions.js';
import { codeOf } from './failure.js';
import { clientOf } from './hosts.js';
import { isMigrated, migrate } from './migrate.js';
import { shippedMigrations, type Migration } from './migrations/index.js';
import { connectionOptions, sessionUrl, type Target } from './target.js';

interface PrepareOptions {
  readonly migrations?: readonly Migration[];
  readonly existing?: boolean;
}

/** One program migrates, the others wait. Advisory locks are per database. */
const migrationLock = 12345_0001;

/**
 * @param options.existing refuse a database without the schema instead of creating it
 * @returns the server's `server_version_num`
 * @throws {Refusal} `database.unusable`, `database.empty`; and pg's errors if it cannot connect
 */
export async function prepare(
  target: Target,
  { migrations = shippedMigrations(), existing = false }: PrepareOptions = {},
): Promise<number> {
  const url = sessionUrl(target, { applicationName: 'hotline migration' });
  const Client = clientOf(target);
  const owner = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    ...connectionOptions,
  });
  // Failures show in the next query; without a listener they would end the program.
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    const version = await checkServer(owner, target);
    const { schema, app, viewer } = target.names;
    const migrated = await isMigrated(owner, target, migrations);
    if (existing && !migrated && !(await isBegun(owner, schema)))
      throw emptyDatabase(`${target.description}，模式 ${schema}`);
    if (migrated && (await mayActAsAll(owner, [app, viewer]))) return version;
    await owner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    for (const role of [app, viewer]) await ensureRole(owner, target, role);
    if (await isMigrated(owner, target, migrations)) return version;
    await owner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const extensions = await ensureExtensions(owner);
    await migrateQueue(target, url);
    await migrate(target, url, migrations, extensions);
    return version;
  } finally {
    await owner.end().catch(() => undefined);
  }
}

/** The refusal of a database in which nothing is to be read. */
export const emptyDatabase = (where: string): Refusal =>
  new Refusal('database.empty', `没有什么可以读的（${where}）`, {
    remedy:
      '恢复备份的，没有恢复成，或者恢复到了别处；不是在恢复的，核对 DATABASE_URL、HOTLINE_SCHEMA、HOTLINE_DATA 是不是要核验的那一个。新建的先启动一次程序',
  });

/** Whether a migration has ever run. A restore that stopped before the data leaves an empty table. */
async function isBegun(owner: pg.Client, schema: string): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    "SELECT to_regclass($1 || '.migration_digest') IS NOT NULL AS there",
    [schema],
  );
  if (!rows[0]?.there) return false;
  return (await owner.query(`SELECT FROM ${schema}.migration_digest LIMIT 1`)).rowCount !== 0;
}

async function checkServer(owner: pg.Client, target: Target): Promise<number> {
  const { rows } = await owner.query<{ version: string; number: number; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            current_setting('server_encoding') AS encoding`,
  );
  const { version, number, encoding } = rows[0] ?? { version: '?', number: 0, encoding: '?' };
  if (number < 150_000) {
    throw new Refusal('database.unusable', `PostgreSQL 版本过低：${version}（${target.description}）。`, {
      remedy: '升级到 PostgreSQL 15 以上，或者不设 DATABASE_URL，使用自带的数据库。',
    });
  }
  if (encoding !== 'UTF8') {
    throw new Refusal(
      'database.unusable',
      `数据库的字符编码是 ${encoding}，不是 UTF8（${target.description}）。`,
      {
        remedy: "另建一个库：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0。",
      },
    );
  }
  return number;
}

/** Another database of the same server may create the same role at the same time. */
async function ensureRole(owner: pg.Client, target: Target, role: string): Promise<void> {
  await owner.query(`
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
        CREATE ROLE ${role} NOLOGIN;
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`);
  const { rows } = await owner.query<{ mighty: boolean }>(
    'SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS mighty FROM pg_roles WHERE rolname = $1',
    [role],
  );
  if (rows[0]?.mighty) {
    throw new Refusal('database.unusable', `角色 ${role} 的权限过大（${target.description}）。`, {
      remedy: `执行 ALTER ROLE ${role} NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS。`,
    });
  }
  if (!(await mayActAsAll(owner, [role]))) await owner.query(`GRANT ${role} TO CURRENT_USER`);
}

/**
 * Whether the owner may act as all these roles. It tries, because since PostgreSQL 16 membership
 * alone does not give the right.
 */
async function mayActAsAll(owner: pg.Client, roles: readonly string[]): Promise<boolean> {
  try {
    for (const role of roles) await owner.query(`SET ROLE ${role}`);
    return true;
  } catch (error) {
    if (codeOf(error) === '42501' || codeOf(error) === '22023') return false;
    throw error;
  } finally {
    await owner.query('RESET ROLE');
  }
}

/**
 * Creates the extensions that text indexes need, reachable by all schemas of the database.
 *
 * @returns their schemas, quoted
 */
async function ensureExtensions(owner: pg.Client): Promise<readonly string[]> {
  const query = async <Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
    (await owner.query<Row>(sql, [...parameters])).rows;
  const missing = await missingExtensions(query);
  if (missing.length > 0) {
    await owner.query(`
      DO $$ BEGIN
        IF to_regnamespace('extensions') IS NULL THEN
          CREATE SCHEMA extensions;
          GRANT USAGE ON SCHEMA extensions TO PUBLIC;
        END IF;
      END $$`);
    for (const name of missing) await owner.query(`CREATE EXTENSION ${name} WITH SCHEMA extensions`);
  }
  return extensionSchemas(query);
}

/** Migrates the job queue's schema with its own migrations. */
async function migrateQueue(target: Target, url: string): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker');
  const pool = new pg.Pool({ Client: clientOf(target), connectionString: url, max: 1, ...connectionOptions });
  // A connection's failure shows in its next query.
  pool.on('error', () => undefined).on('connect', (client) => void client.on('error', () => undefined));
  try {
    await runMigrations({
      pgPool: pool,
      schema: target.names.jobs,
      logger: new Logger(() => () => undefined),
    });
  } finally {
    await pool.end();
  }
}

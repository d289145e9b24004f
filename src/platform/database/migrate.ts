/** Applies migrations by TypeORM, one transaction each, and reports a database's state. */
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Refusal } from '../../kernel/refusal.js';
import { clientOf } from './hosts.js';
import type { Migration } from './migrations/index.js';
import type { SchemaNames } from './schema-names.js';
import { connectionOptions, type Target } from './target.js';

/**
 * Whether all these migrations have run, with the same content.
 *
 * @throws {Refusal} `database.unusable` if the database was created before the first release, from other content, or by
 * a later program
 */
export async function isMigrated(
  owner: pg.Client,
  target: Target,
  migrations: readonly Migration[],
): Promise<boolean> {
  const { schema } = target.names;
  const { rows: there } = await owner.query<{ digests: boolean; older: boolean }>(
    `SELECT to_regclass($1 || '.migration_digest') IS NOT NULL AS digests,
            to_regclass($1 || '.process_case') IS NOT NULL AS older`,
    [schema],
  );
  if (!there[0]?.digests) {
    if (there[0]?.older) throw unusable(target, '是发布以前的程序建的，表结构与本程序的不同', startAnew);
    return false;
  }
  const { rows } = await owner.query<{ name: string; sha256: string }>(
    `SELECT name, sha256 FROM ${schema}.migration_digest`,
  );
  const done = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  const unknown = [...done.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw unusable(
      target,
      `已由更新版本的程序升级（${unknown.join('、')}），本程序不认识`,
      '改用更新版本的程序，或者换一个数据库。',
    );
  }
  const others = [...done].filter(([name, sha256]) => known.get(name) !== sha256);
  if (others.length > 0) {
    throw unusable(
      target,
      `是按另一份表结构建的（${others.map(([name]) => name).join('、')}），与本程序的不同`,
      startAnew,
    );
  }
  return migrations.every(({ name }) => done.has(name));
}

const startAnew =
  '其中的数据请用建它的那一版程序使用或导出；本程序请另给一个空的数据库，使用自带数据库的请另给一个数据目录（HOTLINE_DATA）。';

const unusable = ({ names, description }: Target, what: string, remedy: string): Refusal =>
  new Refusal('database.unusable', `数据库里的模式 ${names.schema} ${what}（${description}）。`, { remedy });

/** @param extensions quoted names of the schemas that contain the required extensions */
export async function migrate(
  target: Target,
  url: string,
  migrations: readonly Migration[],
  extensions: readonly string[],
): Promise<void> {
  const { names } = target;
  // Functions keep this path. Temporary tables come last, so that they cannot shadow the schema's own.
  const path = [names.schema, ...extensions, 'pg_temp'].join(', ');
  const dataSource = new DataSource({
    type: 'postgres',
    database: target.database,
    schema: names.schema,
    migrations: migrations.map((migration) => applying(migration, names, path)),
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    extra: { Client: clientOf(target), connectionString: url, max: 1, ...connectionOptions },
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

const applying = ({ name, sha256, files }: Migration, names: SchemaNames, path: string) =>
  class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query("SELECT set_config('search_path', $1, true)", [path]);
      for (const { sql } of files) await runner.query(named(sql, names));
      await runner.query('INSERT INTO migration_digest (name, sha256) VALUES ($1, $2)', [name, sha256]);
    }

    async down(): Promise<void> {
      throw new Error('migrations only go forward');
    }
  };

/** Substitutes names derived from the schema's: `:"app"` as an identifier, `:'app'` as a text. */
const named = (sql: string, names: SchemaNames): string =>
  sql.replace(/:(["'])(schema|app|viewer|jobs)\1/g, (_, quote: string, which: keyof SchemaNames) =>
    quote === '"' ? pg.escapeIdentifier(names[which]) : pg.escapeLiteral(names[which]),
  );

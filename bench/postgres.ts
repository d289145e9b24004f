/** An embedded PostgreSQL with durable settings: temporary, or kept for the next run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#src/platform/database/embedded/index.js';

export interface BenchServer {
  /** Data directory. */
  readonly directory: string;
  /** Creates an empty database and returns its URL. */
  database(name: string): Promise<string>;
  /** Like `database`, but filled; a database filled by an earlier run in a kept directory is reused. */
  filled(name: string, fill: (url: string) => Promise<void>): Promise<string>;
  /** Copies a database without connections and returns the copy's URL. */
  copy(from: string, name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * @param kept data directory to keep; default: temporary
 * @param settings additional server settings
 */
export async function benchServer(
  kept?: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const directory = kept ?? (await mkdtemp(join(tmpdir(), 'hotline-bench-')));
  const embedded = await startEmbedded({ directory, settings });
  const urlOf = (name: string): string => {
    const url = new URL(embedded.ownerUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  const asOwner = async (sql: string): Promise<pg.QueryResult> => {
    const admin = new pg.Client({ connectionString: embedded.ownerUrl });
    await admin.connect();
    try {
      return await admin.query(sql);
    } finally {
      await admin.end();
    }
  };
  const create = async (name: string, how: string): Promise<string> => {
    await asOwner(`CREATE DATABASE ${name} ${how}`);
    return urlOf(name);
  };
  const empty = "ENCODING 'UTF8' TEMPLATE template0";
  return {
    directory,
    database: (name) => create(name, empty),
    filled: async (name, fill) => {
      const whole = await asOwner(
        `SELECT FROM pg_database WHERE datname = '${name}' AND shobj_description(oid, 'pg_database') = 'filled'`,
      );
      if (whole.rowCount === 1) return urlOf(name);
      await asOwner(`DROP DATABASE IF EXISTS ${name}`);
      const url = await create(name, empty);
      await fill(url);
      await asOwner(`COMMENT ON DATABASE ${name} IS 'filled'`);
      return url;
    },
    copy: (from, name) => create(name, `TEMPLATE ${from} STRATEGY file_copy`),
    stop: async () => {
      await embedded.stop();
      if (kept === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

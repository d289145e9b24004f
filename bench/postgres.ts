/** A throw-away embedded PostgreSQL with its ordinary, durable settings. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#src/persistence/index.js';

export interface BenchServer {
  /** Creates an empty database and answers its URL. */
  database(name: string): Promise<string>;
  /** Copies a database that nobody has open and answers the copy's URL. */
  copy(from: string, name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function benchServer(): Promise<BenchServer> {
  const directory = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
  const embedded = await startEmbedded({ directory });
  const urlOf = (name: string): string => {
    const url = new URL(embedded.ownerUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  const create = async (name: string, how: string): Promise<string> => {
    const admin = new pg.Client({ connectionString: embedded.ownerUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name} ${how}`);
    await admin.end();
    return urlOf(name);
  };
  return {
    database: (name) => create(name, "ENCODING 'UTF8' TEMPLATE template0"),
    copy: (from, name) => create(name, `TEMPLATE ${from} STRATEGY file_copy`),
    stop: async () => {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

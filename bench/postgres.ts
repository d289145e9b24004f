/** A throw-away embedded PostgreSQL with its ordinary, durable settings. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#src/persistence/index.js';

export interface BenchServer {
  /** Creates an empty database and answers its URL. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function benchServer(): Promise<BenchServer> {
  const directory = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
  const embedded = await startEmbedded({ directory });
  return {
    database: async (name) => {
      const admin = new pg.Client({ connectionString: embedded.ownerUrl });
      await admin.connect();
      await admin.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
      await admin.end();
      const url = new URL(embedded.ownerUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop: async () => {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

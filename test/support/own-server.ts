/** A PostgreSQL that a test may stop, start and break; no other program joins or restarts it. */
import pg from 'pg';
import { systemClock } from '../../src/kernel/index.js';
import { findBinaries } from '../../src/platform/database/embedded/binaries.js';
import { locate, ownerName, readPassword } from '../../src/platform/database/embedded/cluster.js';
import { initialise } from '../../src/platform/database/embedded/initialise.js';
import { endServer, ensureServer, type Server } from '../../src/platform/database/embedded/server.js';
import { serverUser } from '../../src/platform/database/embedded/server-user.js';

export interface OwnServer {
  /** Of a superuser; the same after every start. */
  readonly url: string;
  readonly port: number;
  /** Resolves when it accepts connections. */
  start(): Promise<void>;
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** As the superuser, on a connection of its own. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Running, with the database `hotline`. @param prepare is handed the folder of the cluster before its first start */
export async function ownServer(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
  prepare?: (cluster: string) => Promise<void>,
): Promise<OwnServer> {
  const binaries = await findBinaries();
  const cluster = await locate(directory);
  const maker = await serverUser(binaries, cluster.directory, cluster.path);
  if (prepare === undefined) await initialise(cluster, binaries, maker, { durable: false });
  else await prepare(cluster.path);
  const user = await serverUser(binaries, cluster.directory, cluster.path);
  await user.own(cluster.path);
  const password = await readPassword(cluster);
  const launch = (): Promise<Server> =>
    ensureServer(cluster, binaries, user, systemClock, { fsync: 'off', ...settings });
  let server = await launch();
  const { port } = server;
  const urlOf = (database: string): string =>
    `postgres://${ownerName}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
  const query = async <Row>(url: string, sql: string, parameters: readonly unknown[] = []) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, [...parameters])).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const there = "SELECT FROM pg_database WHERE datname = 'hotline'";
  if ((await query(urlOf('postgres'), there)).length === 0) {
    await query(urlOf('postgres'), 'CREATE DATABASE hotline');
  }
  return {
    url: urlOf('hotline'),
    port,
    start: async () => {
      server = await launch();
    },
    stop: async (mode = 'fast') => {
      if (mode === 'immediate') process.kill(server.pid, 'SIGQUIT');
      await endServer(server, cluster, systemClock);
    },
    query: (sql, parameters) => query(urlOf('hotline'), sql, parameters),
  };
}

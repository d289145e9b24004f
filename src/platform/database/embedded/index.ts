/**
 * A real PostgreSQL that belongs to a data directory and runs while a program uses it. Any number of programs share a
 * directory's server; the last one stops it. A killed program leaves it running, and the next one joins.
 */
import { type Clock, systemClock } from '../../../kernel/clock.js';
import { Refusal } from '../../../kernel/refusal.js';
import { findBinaries } from './binaries.js';
import { broken, exists, locate, ownerName, readPassword } from './cluster.js';
import { initialise } from './initialise.js';
import { enter, membership } from './membership.js';
import { endServer, ensureServer, type Server, type Settings } from './server.js';
import { serverUser } from './server-user.js';

export interface EmbeddedOptions {
  /** The data directory; created if missing. */
  readonly directory: string;
  /** Its `sleep` must really wait: with a simulated clock polling would not pause. */
  readonly clock?: Clock;
  /** Additional server settings, for example `{ fsync: 'off' }` in tests. They also apply to programs that join. */
  readonly settings?: Settings;
}

export interface Embedded {
  /** URL of the owner of the database `hotline`. Contains the password: never log it. */
  readonly ownerUrl: string;
  /** Leaves, and stops the server if nobody else uses the directory. Idempotent. */
  stop(): Promise<void>;
}

const databaseName = 'hotline';

/**
 * Starts a data directory's PostgreSQL or joins the running one.
 *
 * @throws {Refusal} `data-directory.broken`; `database.unusable` if there are no binaries for this platform
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { clock = systemClock, settings = {} } = options;
  const binaries = await findBinaries();
  const cluster = await locate(options.directory);
  if (!(await exists(cluster, binaries))) {
    const maker = await serverUser(binaries, cluster.directory, cluster.path);
    await initialise(cluster, binaries, maker, { durable: settings['fsync'] !== 'off' });
  }
  const user = await serverUser(binaries, cluster.directory, cluster.path);
  await user.own(cluster.path);
  const password = await readPassword(cluster);
  const url = ({ port }: Server, database: string) =>
    `postgres://${ownerName}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;

  const member = await membership(
    () =>
      enter(
        () => ensureServer(cluster, binaries, user, clock, settings),
        (server) => url(server, 'postgres'),
        clock,
      ),
    clock,
  ).catch((cause: unknown) => {
    if (cause instanceof Refusal) throw cause;
    throw broken(
      `数据目录 ${cluster.directory} 的数据库不接受登录（${String((cause as { code?: string }).code ?? cause)}）。`,
      `口令文件应与数据库一致：从同一份备份恢复整个目录；并查看日志 ${cluster.log}。`,
      cause,
    );
  });
  const stop = () => member.leave((server) => endServer(server, cluster, clock));
  try {
    if ((await member.query(`SELECT FROM pg_database WHERE datname = '${databaseName}'`)) === 0) {
      await member.query(`CREATE DATABASE ${databaseName}`).catch(ignoreExisting);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { ownerUrl: url(member.server, databaseName), stop };
}

/** If two programs create it at once, one may fail on the catalogue's index (23505). */
function ignoreExisting(error: Error & { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}

import type pg from 'pg';
import { DataSource, DefaultNamingStrategy, EntitySchema } from 'typeorm';
import { isVacant } from './embedded/cluster.js';
import { startEmbedded } from './embedded/index.js';
import { managerOver, type Entity } from './entity.js';
import { connectionRefusal } from './failure.js';
import { clientOf } from './hosts.js';
import { listenTo, type Listener } from './listener.js';
import { emptyDatabase, prepare } from './preparation.js';
import { databaseSettings } from './settings.js';
import { connectionOptions, parseTarget, sessionUrl, type Target } from './target.js';
import { runTransaction, type Transaction } from './transaction.js';
import { valueTypes } from './value-types.js';

export interface OpenOptions {
  /** `postgres://…` with the database owner's user; default: the embedded PostgreSQL. */
  readonly url?: string;
  /** Data directory; default: from `databaseSettings()`. */
  readonly directory?: string;
  /** Directory of the embedded PostgreSQL; default: the data directory. */
  readonly postgres?: string;
  /** Default: `hotline`. */
  readonly schema?: string;
  /** Refuses a database without the system's data instead of creating it. */
  readonly existing?: boolean;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Maximum number of connections; default: 10. */
  readonly poolSize?: number;
  /** Timeout for getting a connection in milliseconds; default: 10,000. */
  readonly connectionTimeout?: number;
  /** Entities that transactions may request repositories of. */
  readonly entities?: readonly Entity<object>[];
  /** Called for broken idle connections; the pool replaces them. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * The database under the program's restricted role, with its schema and the job queue's in the search path, zone UTC.
 */
export interface Database {
  readonly schema: string;
  readonly dataSource: DataSource;
  /** The data source's own pool. */
  readonly pool: pg.Pool;
  /**
   * See `runTransaction`: committed or rolled back as a whole, retried after a conflict; `work` may run more than once.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Listens for `pg_notify` on the channel, over a connection of its own. @returns stops listening */
  listen(channel: string, listener: Listener): () => Promise<void>;
  /** Waits for running work, then closes; stops the embedded server if nobody else uses it. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens the database: finds or starts the server, migrates as the owner, and continues under a role with minimal
 * rights. Any number of programs may open one database at the same time.
 *
 * @throws {Refusal} `database.unreachable`, `database.unusable`, `database.empty`, `data-directory.broken`
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.url !== undefined) return connect(options, options.url, () => Promise.resolve());
  const directory = options.postgres ?? options.directory ?? databaseSettings({}).directory;
  if (options.existing === true && (await isVacant(directory))) throw emptyDatabase(`数据目录 ${directory}`);
  const embedded = await startEmbedded({ directory });
  try {
    return await connect(options, embedded.ownerUrl, () => embedded.stop());
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function connect(options: OpenOptions, url: string, stop: () => Promise<void>): Promise<Database> {
  const target = parseTarget(url, options.schema);
  try {
    const serverVersion = await prepare(target, { existing: options.existing ?? false });
    const dataSource = await createDataSource(options, target, serverVersion).initialize();
    const Client = clientOf(target);
    const { master: pool } = dataSource.driver as unknown as { master: pg.Pool };
    let closed: Promise<void> | undefined;
    return {
      schema: target.names.schema,
      dataSource,
      pool,
      transaction: (work) => runTransaction(pool, managerOver(dataSource), target, work),
      listen: (channel, listener) =>
        listenTo(
          () =>
            new Client({ connectionString: sessionOf(options, target, serverVersion), ...connectionOptions }),
          channel,
          listener,
        ),
      close: () => (closed ??= dataSource.destroy().finally(stop)),
    };
  } catch (error) {
    throw connectionRefusal(error, target) ?? error;
  }
}

function createDataSource(options: OpenOptions, target: Target, serverVersion: number): DataSource {
  return new DataSource({
    type: 'postgres',
    database: target.database,
    entities: (options.entities ?? []).map((entity) => new EntitySchema(entity)),
    namingStrategy: Object.assign(new DefaultNamingStrategy(), {
      columnName: (property: string, named: string | undefined) => named ?? snakeCase(property),
    }),
    installExtensions: false,
    poolErrorHandler: (error: Error) => options.onConnectionLost?.(error),
    extra: {
      Client: clientOf(target),
      connectionString: sessionOf(options, target, serverVersion),
      max: options.poolSize ?? 10,
      // Also limits the wait for a free connection: beyond it the program is overloaded and says
      // so.
      connectionTimeoutMillis: options.connectionTimeout ?? 10_000,
      types: valueTypes,
      // Pipelining: statements are sent without waiting for each other's results.
      pipeline: true,
      // An error on a checked-out connection shows in its next query; without a listener it would end the program. As
      // an option, because the first connection exists before we see the pool.
      onConnect: (client: pg.PoolClient) => void client.on('error', () => undefined),
      ...connectionOptions,
    },
  });
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const sessionOf = (options: OpenOptions, target: Target, serverVersion: number): string =>
  sessionUrl(target, { applicationName: options.applicationName, role: target.names.app, serverVersion });

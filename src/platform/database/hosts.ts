/**
 * Several servers of which one is writable, as libpq's `target_session_attrs=read-write`: each new connection tries
 * them in turn and keeps the writable one. pg itself knows only one server.
 */
import pg from 'pg';
import { codeOf } from './failure.js';
import { connectionOptions, type Host, type Target } from './target.js';

/** Timeout per server in milliseconds. */
const patience = 3000;

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

/** The connection class for the target. */
export function clientOf({ url, hosts }: Target): typeof pg.Client {
  if (hosts.length === 1) return pg.Client;
  // Connections opened at the same time share one query.
  let asking: Promise<Host> | undefined;
  const ask = (): Promise<Host> => (asking ??= writableHost(url, hosts).finally(() => (asking = undefined)));

  return class extends pg.Client {
    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | void {
      const connecting = ask().then(({ host, port }) => {
        Object.assign(this, { host, port: Number(port) });
        return super.connect();
      });
      if (!callback) return connecting;
      const done = callback as (error: Error | null, client?: pg.Client) => void;
      connecting.then(
        () => done(null, this),
        (error: Error) => done(error),
      );
    }
  };
}

/** @throws {Error} the last server's, if none is writable; at once if one rejects the log-in */
async function writableHost(url: string, hosts: readonly Host[]): Promise<Host> {
  let last: unknown;
  for (const host of hosts) {
    try {
      if (await isWritable(url, host)) return host;
      last = Object.assign(new Error('no server can be written'), { code: 'NO_WRITABLE_HOST' });
    } catch (error) {
      // A wrong password, or a missing database, would be the same on all.
      if (/^(28|3D)/.test(codeOf(error))) throw error;
      last ??= error;
    }
  }
  throw last;
}

async function isWritable(url: string, { host, port }: Host): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patience,
    ...connectionOptions,
  });
  client.on('error', () => undefined);
  Object.assign(client, { host, port: Number(port) });
  try {
    await client.connect();
    const { rows } = await client.query<{ readOnly: boolean }>(
      `SELECT current_setting('transaction_read_only')::boolean AS "readOnly"`,
    );
    return rows[0]?.readOnly === false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

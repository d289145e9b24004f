/**
 * Tracks the users of a data directory's server. Every program holds a shared advisory lock on a connection of its own;
 * the server releases it when the program dies. A program that wants to stop the server must get the lock exclusively,
 * so nobody else is connected; whoever arrives meanwhile waits, is disconnected, and starts the server again.
 */
import pg from 'pg';
import type { Clock } from '../../../kernel/clock.js';
import type { Server } from './server.js';

const key = 12345;

export interface Member {
  readonly server: Server;
  readonly client: pg.Client;
}

export interface Membership {
  readonly server: Server;
  /** Runs a statement on the membership connection, as superuser; returns the number of rows. */
  query(sql: string): Promise<number>;
  /** Idempotent. `end` is called if no other member is left. */
  leave(end: (server: Server) => Promise<void>): Promise<void>;
}

const attempts = 500;
const pauseMilliseconds = 20;

/**
 * @param ensure finds or starts the server
 * @throws the last error if the server refuses permanently, for example for a wrong password
 */
export async function enter(
  ensure: () => Promise<Server>,
  url: (server: Server) => string,
  clock: Clock,
): Promise<Member> {
  for (let attempt = 1; ; attempt++) {
    const server = await ensure();
    const client = new pg.Client({
      connectionString: url(server),
      application_name: 'hotline membership',
      options: '-c statement_timeout=0 -c role=none',
      keepAlive: true,
    });
    // Only the end of the connection matters; without a listener the error would end the program.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT pg_advisory_lock_shared($1)', [key]);
      return { server, client };
    } catch (error) {
      await client.end().catch(() => undefined);
      if (isFinal(error) || attempt === attempts) throw error;
    }
    await clock.sleep(pauseMilliseconds);
  }
}

/**
 * Anything but a rejected log-in (28…) or too many clients (53300) may be temporary while a server stops and starts.
 */
function isFinal(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('28') || code === '53300';
}

/** Rejoins when its connection or the server breaks. */
export async function membership(join: () => Promise<Member>, clock: Clock): Promise<Membership> {
  const leaving = new AbortController();
  let member = await join();
  let rejoined = Promise.resolve();
  let left: Promise<void> | undefined;

  const watch = () =>
    member.client.once('end', () => {
      if (!leaving.signal.aborted) rejoined = rejoin();
    });
  const rejoin = async () => {
    while (!leaving.signal.aborted) {
      try {
        member = await join();
        watch();
        return;
      } catch {
        // The failure is reported to users of the database; here it only matters to rejoin.
        await clock.sleep(1000, leaving.signal);
      }
    }
  };
  const leave = async (end: (server: Server) => Promise<void>) => {
    leaving.abort();
    await rejoined;
    if (await isLast(member.client)) await end(member.server);
    await member.client.end().catch(() => undefined);
  };

  watch();
  return {
    get server() {
      return member.server;
    },
    query: async (sql) => (await member.client.query(sql)).rowCount ?? 0,
    leave: (end) => (left ??= leave(end)),
  };
}

async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [key]);
    const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      key,
    ]);
    return rows[0]?.alone === true;
  } catch {
    // The connection is gone, and with it the server or our knowledge of other members: leave the server alone.
    return false;
  }
}

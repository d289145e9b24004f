/**
 * Who uses the server of a data directory. Every program holds one advisory lock, shared, on a connection of its
 * own; the server itself forgets a program that dies. To end the server a program must get the lock for itself
 * alone, so nobody else can be in, and whoever comes meanwhile waits, is cut off and starts the server anew.
 */
import pg from 'pg';
import type { Clock } from '../../kernel/clock.js';
import type { Server } from './server.js';

const key = 12345;

export interface Member {
  readonly server: Server;
  readonly client: pg.Client;
}

export interface Membership {
  readonly server: Server;
  /** Runs a statement on the own connection, as superuser, and answers how many rows it found. */
  query(sql: string): Promise<number>;
  /** Idempotent. `end` is called where nobody else is left. */
  leave(end: (server: Server) => Promise<void>): Promise<void>;
}

const attempts = 500;
const pauseMilliseconds = 20;

/**
 * @param ensure finds or starts the server
 * @throws the last error where the server refuses us for good, for example for a wrong password
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
    // The end of the connection is what counts; without a listener the error would end the program.
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

/** Anything but a rejected login (28…) or too many clients (53300) passes while a server stops and starts. */
function isFinal(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('28') || code === '53300';
}

/** Stays a member: enters again when its connection or the server breaks. */
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
        // Whoever uses the database sees the failure there; here it only matters to get in again.
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
    // The connection is gone and with it the server, or we could not tell who else is there: leave it be.
    return false;
  }
}

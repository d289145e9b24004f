/** Listens on a channel over a connection of its own. */
import pg from 'pg';
import { systemClock } from '../../kernel/clock.js';

/** Delay before reconnecting, in milliseconds. */
const patience = 1000;

export interface Listener {
  heard(payload: string): void;
  /** Called on every connect, the first included: earlier notifications were missed. */
  missed(): void;
}

/** @param connect creates an unopened connection @returns stops listening; resolves once the connection is closed */
export function listenTo(connect: () => pg.Client, channel: string, listener: Listener): () => Promise<void> {
  const stopping = new AbortController();
  const done = keepListening(connect, channel, listener, stopping.signal);
  return () => {
    stopping.abort();
    return done;
  };
}

async function keepListening(
  connect: () => pg.Client,
  channel: string,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const client = connect();
    let release = (): void => undefined;
    const broken = new Promise<void>((resolve) => (release = resolve));
    client.on('error', release);
    client.on('end', release);
    signal.addEventListener('abort', release);
    try {
      await client.connect();
      client.on('notification', ({ payload = '' }) => listener.heard(payload));
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      listener.missed();
      await broken;
    } catch {
      // The database is unreachable; retried later.
    }
    signal.removeEventListener('abort', release);
    await client.end().catch(() => undefined);
    await systemClock.sleep(patience, signal);
  }
}

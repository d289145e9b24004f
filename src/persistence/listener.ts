/** A connection of its own that hears what is said on a channel, for as long as somebody wants to hear it. */
import pg from 'pg';
import { systemClock } from '../kernel/clock.js';

/** How long to wait before a broken connection is made again, in milliseconds. */
const patience = 1000;

export interface Listener {
  heard(payload: string): void;
  /** The connection is there, at first or again: what was said before was not heard. */
  missed(): void;
}

/** @param connect makes a connection, not yet open @returns how to stop; resolves once the connection is closed */
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
      // The database is away; asked again in a while.
    }
    signal.removeEventListener('abort', release);
    await client.end().catch(() => undefined);
    await systemClock.sleep(patience, signal);
  }
}

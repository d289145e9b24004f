/**
 * Hints for open pages: which work orders have changed, in any program on this database. A lost hint only delays a
 * page.
 *
 * NOTIFY inside a step's transaction would serialise all commits of the database, so changes are collected and sent in
 * a transaction of their own.
 */
import type { Journal } from '../index.js';
import { systemClock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';

/** Numbers of work orders; undefined if unknown or too many. */
export type News = readonly string[] | undefined;

export interface Changes {
  /** Wraps the journal and observes it. */
  watching(journal: Journal<Transaction>): Journal<Transaction>;
  /** @returns the unsubscribe function */
  subscribe(hear: (news: News) => void): () => void;
}

/** Milliseconds between notifications. */
const gathering = 200;
/** PostgreSQL's limit is 8,000 bytes. */
const longestPayload = 7000;

export function createChanges(database: Database): Changes {
  // The name contains the schema, because channels belong to the whole database.
  const channel = `${database.schema}_changes`;
  const hearers = new Set<(news: News) => void>();
  const gathered = new Set<string>();
  let stop: (() => Promise<void>) | undefined;

  const tell = (news: News): void => hearers.forEach((hear) => hear(news));

  const gather = (stream: string): void => {
    gathered.add(stream);
    if (gathered.size === 1) void systemClock.sleep(gathering).then(send);
  };

  async function send(): Promise<void> {
    const payload = JSON.stringify([...gathered]);
    gathered.clear();
    const short = Buffer.byteLength(payload) <= longestPayload ? payload : '';
    await database
      .transaction((transaction) => transaction.query('SELECT pg_notify($1, $2)', [channel, short]))
      // If the database is unreachable or closed, the hint is lost.
      .catch(() => undefined);
  }

  return {
    watching: (journal) => ({
      append: async (transaction, entries, bookmarks) => {
        const after = await journal.append(transaction, entries, bookmarks);
        const streams = new Set(entries.map(({ stream }) => stream));
        transaction.afterCommit(() => streams.forEach(gather));
        return after;
      },
      history: (transaction, stream) => journal.history(transaction, stream),
      endOf: (stream, last, bookmark) => journal.endOf(stream, last, bookmark),
    }),
    subscribe: (hear) => {
      hearers.add(hear);
      stop ??= database.listen(channel, {
        heard: (payload) => tell(payload === '' ? undefined : (JSON.parse(payload) as string[])),
        missed: () => tell(undefined),
      });
      return () => {
        hearers.delete(hear);
        if (hearers.size > 0) return;
        void stop?.();
        stop = undefined;
      };
    },
  };
}

/**
 * News for open pages: which work orders have just moved, in this program or in another on the same database. A hint,
 * not a record: who hears it reads the case anew; one that is lost costs nothing but time.
 *
 * The steps themselves do not notify: NOTIFY inside their transactions would make all commits of the database wait for
 * each other. What was committed is gathered and told in a small transaction of its own, a few a second at most.
 */
import type { Journal } from '../engine/index.js';
import { systemClock } from '../kernel/index.js';
import type { Database, Transaction } from '../persistence/index.js';

/** Numbers of work orders; undefined: too many to tell, or some were missed. */
export type News = readonly string[] | undefined;

export interface Changes {
  /** The same journal, with an eye on what is committed through it. */
  watching(journal: Journal<Transaction>): Journal<Transaction>;
  /** @returns how to stop hearing */
  subscribe(hear: (news: News) => void): () => void;
}

const channel = 'hotline_changes';
/** Milliseconds in which changes are gathered. */
const gathering = 200;
/** PostgreSQL takes 8,000 bytes. */
const longestPayload = 7000;

export function createChanges(database: Database): Changes {
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
      // A hint that cannot be given because the database is gone or closed.
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

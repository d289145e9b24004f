import type { Database, Transaction } from '../platform/database/index.js';

/**
 * Shares expensive counts between concurrent requests. An answer serves everyone who asked before
 * its query started; requests during the query share the next one. Nobody gets an answer older than
 * the request, and the database runs one query at a time.
 */
export interface Sharing {
  /** @param key identifies query and rights: viewers with different rights must not share */
  ask<Answer>(
    key: string,
    database: Pick<Database, 'transaction'>,
    read: (transaction: Transaction) => Promise<Answer>,
  ): Promise<Answer>;
}

interface Asked {
  running: Promise<unknown>;
  next: Promise<unknown> | undefined;
}

export function createSharing(): Sharing {
  const asked = new Map<string, Asked>();

  const begin = <Answer>(key: string, read: () => Promise<Answer>): Promise<Answer> => {
    const answer = read();
    const mine: Asked = { running: answer, next: undefined };
    asked.set(key, mine);
    const over = (): void => {
      if (asked.get(key) === mine && mine.next === undefined) asked.delete(key);
    };
    answer.then(over, over);
    return answer;
  };

  return {
    ask: <Answer>(
      key: string,
      database: Pick<Database, 'transaction'>,
      work: (transaction: Transaction) => Promise<Answer>,
    ): Promise<Answer> => {
      const read = (): Promise<Answer> => database.transaction(work);
      const before = asked.get(key);
      if (!before) return begin(key, read);
      // Each key has one answer type.
      before.next ??= before.running.then(
        () => begin(key, read),
        () => begin(key, read),
      );
      return before.next as Promise<Answer>;
    },
  };
}

/**
 * Questions that many ask at the same moment and that cost more than a page: counts over all that is open. One answer
 * serves everybody who asked before it was begun; whoever asks while it is under way shares the next one. So nobody is
 * told anything older than their question, and the database counts once, however many look.
 */
export interface Sharing {
  /** @param key names the question, and whose it is: two who may see different things never share */
  ask<Answer>(key: string, read: () => Promise<Answer>): Promise<Answer>;
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
    ask: <Answer>(key: string, read: () => Promise<Answer>): Promise<Answer> => {
      const before = asked.get(key);
      if (!before) return begin(key, read);
      // Of one key every answer is of one kind: the same question.
      before.next ??= before.running.then(
        () => begin(key, read),
        () => begin(key, read),
      );
      return before.next as Promise<Answer>;
    },
  };
}

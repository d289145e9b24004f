import { systemClock } from '../../kernel/index.js';
import { isUnreachable } from '../../platform/database/index.js';

/** Milliseconds between two attempts. */
const pause = 1000;

/**
 * Starts the program; if the database is unavailable, reports it and retries until it is available.
 * A failure is reported again only when it changes.
 *
 * @returns undefined if `signal` aborts meanwhile
 */
export async function retryUntilAvailable<Started>(
  start: () => Promise<Started>,
  signal: AbortSignal,
): Promise<Started | undefined> {
  let said = '';
  while (!signal.aborted) {
    try {
      return await start();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      const why = `${error.message}${error.place === undefined ? '' : `(${error.place})`}`;
      if (why !== said) console.log(`数据库连接不上：${why}程序等着它，连上就继续（Ctrl-C 停止）`);
      said = why;
    }
    await systemClock.sleep(pause, signal);
  }
  return undefined;
}

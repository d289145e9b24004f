import { systemClock } from '../../kernel/index.js';
import { isUnreachable } from '../../platform/database/index.js';

/** Milliseconds between two attempts. */
const pause = 1000;

/**
 * Starts; where the database is away, says so and starts anew until it is there. What is wrong is said again only when
 * it changes.
 *
 * @returns undefined where `signal` aborts meanwhile
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
      if (why !== said) console.log(`数据库连接不上:${why}程序等着它,连上就继续(Ctrl-C 停止)`);
      said = why;
    }
    await systemClock.sleep(pause, signal);
  }
  return undefined;
}

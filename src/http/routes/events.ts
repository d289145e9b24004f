import { toShanghaiIso } from '../../calendar/index.js';
import { systemClock } from '../../kernel/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

/** Between two words that only say that the connection still stands, in milliseconds. */
const beat = 15_000;

export function eventHandlers({ changes, clock }: HttpDeps): Pick<Handlers, 'watchChanges'> {
  return {
    watchChanges: () => ({
      status: 200,
      body: (send) => {
        const gone = new AbortController();
        const stop = changes.subscribe((news) => send('changed', news ?? null));
        const tellTime = async (): Promise<void> => {
          while (!gone.signal.aborted) {
            send('clock', toShanghaiIso(clock.now()));
            await systemClock.sleep(beat, gone.signal);
          }
        };
        void tellTime();
        return () => {
          gone.abort();
          stop();
        };
      },
    }),
  };
}

import { systemClock } from '../../kernel/index.js';
import type { News } from '../../engine/change-feed/index.js';
import { warningStream } from '../../measures/warning/index.js';
import { readAs } from '../sight.js';
import { instantText } from '../contract/primitives.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

/** Keep-alive interval in milliseconds. */
const keepAliveInterval = 15_000;

export function eventHandlers(deps: HttpDeps): Pick<Handlers, 'watchChanges'> {
  const { changes, clock, identity } = deps;

  /** Only numbers that the viewer may see at that moment; "too many" is passed on. */
  const visibleTo = async (secret: string, news: News): Promise<News> => {
    if (!news) return news;
    const viewer = await identity.sessions.watcher(secret);
    if (!viewer) return [];
    if (viewer.sight.kind === 'all' && viewer.recusedFrom.length === 0) return news;
    return readAs(deps, viewer, async (transaction) => {
      const rows = await deps.sheets.named(transaction, news);
      // A change of warnings reveals nothing about sheets.
      return [...rows.map(({ sheet }) => sheet.no), ...news.filter((stream) => stream === warningStream)];
    });
  };

  return {
    watchChanges:
      ({ origin: { secret = '' } }) =>
      (send) => {
        const gone = new AbortController();
        const stop = changes.subscribe((news) => {
          // On a database error the page gets no numbers and reloads.
          void visibleTo(secret, news)
            .catch(() => undefined)
            .then((theirs) => {
              if (!gone.signal.aborted && theirs?.length !== 0) send('changed', theirs ?? null);
            });
        });
        const tellTime = async (): Promise<void> => {
          while (!gone.signal.aborted) {
            send('clock', instantText(clock.now()));
            await systemClock.sleep(keepAliveInterval, gone.signal);
            if (await identity.sessions.stands(secret).catch(() => true)) continue;
            stop();
            return;
          }
        };
        void tellTime();
        return () => {
          gone.abort();
          stop();
        };
      },
  };
}

/** Server-sent events, open until the reader disconnects or the program stops. */
import type { Application, Request, Response } from 'express';

/** Called for each reader; returns the unsubscribe function. */
export type Subscribe = (send: (event: string, data: unknown) => void) => () => void;

export interface EventStreams {
  /** @param owner of the stream; if one owner has too many, the oldest ends */
  open(request: Request, response: Response, subscribe: Subscribe, owner: string): void;
}

/** One stream per window; a browser reopens a stream that has ended. */
const mostOfOne = 20;

/** All streams of the application end on its event `stopping`. */
export function createEventStreams(app: Application): EventStreams {
  const open = new Map<Response, string>();
  let stopping = false;
  // express types only its own event, `mount`.
  (app as NodeJS.EventEmitter).on('stopping', () => {
    stopping = true;
    for (const response of open.keys()) response.end();
  });
  return {
    open: (request, response, subscribe, owner) => {
      // The client disconnected during authentication: `close` will not fire any more.
      if (response.closed) return;
      // Proxies must not buffer.
      response.set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }).type('text/event-stream');
      response.flushHeaders();
      if (request.method === 'HEAD' || stopping) {
        response.end();
        return;
      }
      const own = [...open].filter(([, one]) => one === owner);
      for (const [oldest] of own.slice(0, Math.max(0, own.length + 1 - mostOfOne))) {
        open.delete(oldest);
        oldest.end();
      }
      open.set(response, owner);
      const stop = subscribe((event, data) => {
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      });
      response.on('close', () => {
        open.delete(response);
        stop();
      });
    },
  };
}

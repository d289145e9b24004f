/** Server-sent events, open until the reader disconnects or the program stops. */
import type { Application, Request, Response } from 'express';

/** Called for each reader; returns the unsubscribe function. */
export type Subscribe = (send: (event: string, data: unknown) => void) => () => void;

export interface EventStreams {
  open(request: Request, response: Response, subscribe: Subscribe): void;
}

/** All streams of the application end on its event `stopping`. */
export function createEventStreams(app: Application): EventStreams {
  const open = new Set<Response>();
  let stopping = false;
  // express types only its own event, `mount`.
  (app as NodeJS.EventEmitter).on('stopping', () => {
    stopping = true;
    open.forEach((response) => response.end());
  });
  return {
    open: (request, response, subscribe) => {
      // Disconnected during authentication: `close` will not fire any more.
      if (response.closed) return;
      // Proxies must not buffer.
      response.set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }).type('text/event-stream');
      response.flushHeaders();
      if (request.method === 'HEAD' || stopping) {
        response.end();
        return;
      }
      open.add(response);
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

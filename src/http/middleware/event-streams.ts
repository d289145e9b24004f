/** Answers that stay open: server-sent events, until the reader goes or the program stops. */
import type { Application, Request, Response } from 'express';

/** Called when a reader is there; answers how to stop. */
export type Subscribe = (send: (event: string, data: unknown) => void) => () => void;

export interface EventStreams {
  open(request: Request, response: Response, subscribe: Subscribe): void;
}

/** All streams of one application end when it says `stopping`. */
export function createEventStreams(app: Application): EventStreams {
  const open = new Set<Response>();
  let stopping = false;
  // express knows by type only its own event, `mount`.
  (app as NodeJS.EventEmitter).on('stopping', () => {
    stopping = true;
    open.forEach((response) => response.end());
  });
  return {
    open: (request, response, subscribe) => {
      // Gone while it was asked who they are: nobody would ever say that they have left.
      if (response.closed) return;
      // Proxies must hand on each event as it comes.
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

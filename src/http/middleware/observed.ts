/** Every answer is counted and logged: operation, status, time, number. Never who asked, what for, or which sheet. */
import { performance } from 'node:perf_hooks';
import type { RequestHandler, Response } from 'express';
import type { HttpDeps } from '../deps.js';
import { requestIdOf } from './request-id.js';

/** Of a request whose client did not wait for the answer; as nginx counts them. */
const gone = 499;

export function observed({ log, metrics }: Pick<HttpDeps, 'log' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const taken = (performance.now() - started) / 1000;
      const status = response.writableFinished ? response.statusCode : gone;
      const operation = operationOf(response);
      // A stream stays open as long as its page: that is no time of an answer.
      if (!isStream(response)) metrics.request(operation, status, taken);
      log.info('答复', {
        requestId: requestIdOf(response),
        method: request.method,
        operation,
        status,
        milliseconds: Math.round(taken * 1000),
      });
    });
    next();
  };
}

/** Notes which operation of the contract a request is for. */
export const named =
  (operation: string): RequestHandler =>
  (_request, response, next) => {
    response.locals['operation'] = operation;
    next();
  };

/** `page` for whatever is not in the contract. */
export const operationOf = (response: Response): string =>
  typeof response.locals['operation'] === 'string' ? response.locals['operation'] : 'page';

const isStream = (response: Response): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

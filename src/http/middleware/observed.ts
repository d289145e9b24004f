/** Counts and logs every answer: operation, status, time, request id. It never logs who asked, or about which sheet. */
import { performance } from 'node:perf_hooks';
import type { RequestHandler, Response } from 'express';
import { requestSpan } from '../../platform/telemetry/index.js';
import type { HttpDeps } from '../deps.js';
import { requestIdOf } from './request-id.js';

/** Client closed the request; nginx's status. */
const clientClosedRequest = 499;

/** @param deps without metrics, requests are only logged */
export function observed({
  log,
  metrics,
}: Pick<HttpDeps, 'log'> & Partial<Pick<HttpDeps, 'metrics'>>): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const taken = (performance.now() - started) / 1000;
      const status = response.writableFinished ? response.statusCode : clientClosedRequest;
      const operation = operationOf(response);
      // A stream's duration is not a response time.
      if (!isStream(response)) metrics?.request(operation, status, taken);
      log.info('答复', {
        requestId: requestIdOf(response),
        method: request.method,
        operation,
        status,
        milliseconds: Math.round(taken * 1000),
      });
    });
    requestSpan(request.headers, (end) => {
      response.once('close', () => {
        const operation = operationOf(response);
        const facts = {
          'http.request.method': request.method,
          'http.response.status_code': response.statusCode,
          'hotline.request_id': requestIdOf(response),
        };
        end(operation, facts, response.statusCode >= 500);
      });
      next();
    });
  };
}

/** Records the request's operation. */
export const named =
  (operation: string): RequestHandler =>
  (_request, response, next) => {
    response.locals['operation'] = operation;
    next();
  };

/** `page` for addresses outside the contract. */
export const operationOf = (response: Response): string =>
  typeof response.locals['operation'] === 'string' ? response.locals['operation'] : 'page';

const isStream = (response: Response): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

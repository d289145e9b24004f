/**
 * `/metrics` alone, for a collector that has no log-in: listens on an address and port of its own, which the operator
 * opens to the collector and to nobody else.
 */
import express, { type Application } from 'express';
import { backlogOf } from '../telemetry/index.js';
import type { HttpDeps } from './deps.js';
import { notFound, problemHandler } from './middleware/problems.js';
import { requestId } from './middleware/request-id.js';

export function createMetricsApp(
  deps: Pick<HttpDeps, 'clock' | 'clockWatch' | 'database' | 'log' | 'metrics'>,
): Application {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestId);
  app.get('/metrics', async (_request, response) => {
    const text = await deps.metrics.text(await backlogOf(deps));
    response.set('Cache-Control', 'no-store').type(deps.metrics.contentType).send(text);
  });
  app.use(notFound, problemHandler(deps.log));
  return app;
}

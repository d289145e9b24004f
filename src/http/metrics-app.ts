/** `/metrics` for a collector without log-in, on its own address and port; the operator restricts access to it. */
import express, { type Application } from 'express';
import { backlogOf } from './backlog.js';
import type { HttpDeps } from './deps.js';
import { notFound, problemHandler } from './middleware/problems.js';
import { requestId } from './middleware/request-id.js';
import { trailFigures } from './trail-figures.js';

export function createMetricsApp(
  deps: Pick<HttpDeps, 'anchors' | 'clock' | 'clockWatch' | 'database' | 'log' | 'metrics'>,
): Application {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestId);
  app.get('/metrics', async (_request, response) => {
    const text = await deps.metrics.text(await backlogOf(deps, trailFigures(deps)));
    response.set('Cache-Control', 'no-store').type(deps.metrics.contentType).send(text);
  });
  app.use(notFound, problemHandler(deps.log));
  return app;
}

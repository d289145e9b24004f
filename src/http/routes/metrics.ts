import { backlogOf } from '../backlog.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { trailFigures } from '../trail-figures.js';

export const metricsHandlers = (deps: HttpDeps): Pick<Handlers, 'readMetrics'> => ({
  readMetrics: async () => await deps.metrics.text(await backlogOf(deps, trailFigures(deps))),
});

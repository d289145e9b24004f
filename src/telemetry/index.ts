/** For operators: metrics. The log (log/) is loaded by a server only. */
export { backlogOf } from './backlog.js';
export { createMetrics, type Metrics } from './metrics.js';
export { requestSpan } from './spans.js';
export { observedExecutor } from './observed-executor.js';
export { startTraces } from './traces.js';

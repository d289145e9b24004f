/** For operators: log and metrics. */
export { backlogOf } from './backlog.js';
export { createLog, logSettings } from './log.js';
export { createMetrics, type Metrics } from './metrics.js';
export { observedExecutor } from './observed-executor.js';

/** For operators: metrics. The log (log/) is loaded by a server only. */
export { createMetrics, type Backlog, type Metrics } from './metrics.js';
export { requestSpan, spanning } from './spans.js';
export { startTraces } from './traces.js';

import type { Handler } from '../../engine/index.js';

/** The cause of the supervision was withdrawn; `withdrawOverdue` handles its orders. Writes `supervisionResult`. */
export const withdrawSupervision: Handler = () => ({ variables: { supervisionResult: 'withdrawn' } });

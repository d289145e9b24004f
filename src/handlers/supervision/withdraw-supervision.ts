import type { Handler } from '../../engine/index.js';

/** What had started the supervision has been withdrawn; its orders are by `withdrawOverdue`. Writes `supervisionResult`. */
export const withdrawSupervision: Handler = () => ({
  variables: { supervisionResult: 'withdrawn', supervisionGround: null, supervisionSince: null },
});

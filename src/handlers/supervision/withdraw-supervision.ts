import type { Handler } from '../../engine/index.js';
import { textOf } from '../variables.js';

/**
 * What had started the supervision has been withdrawn; its orders are by `withdrawOverdue`. Writes `supervisionResult`,
 * and lets go of its ground; a supervision on another ground (Art 28 (2)–(4)) beside it keeps its own.
 */
export const withdrawSupervision: Handler = ({ variables }) => {
  const ground = textOf(variables, 'supervisionGround') ?? 'art28.p1.i1';
  const released = ground === 'art28.p1.i1' ? { supervisionGround: null, supervisionSince: null } : {};
  return { variables: { supervisionResult: 'withdrawn', ...released } };
};

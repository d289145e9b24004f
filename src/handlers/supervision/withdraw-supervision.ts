import type { Handler } from '../../engine/index.js';
import { textOf } from '../variables.js';

/**
 * The cause of the supervision was withdrawn; `withdrawOverdue` handles its orders. Writes `supervisionResult` and
 * clears its ground; a concurrent supervision on another ground (Art 28 (2)–(4)) keeps its own.
 */
export const withdrawSupervision: Handler = ({ variables }) => {
  const ground = textOf(variables, 'supervisionGround') ?? 'art28.p1.i1';
  const released = ground === 'art28.p1.i1' ? { supervisionGround: null, supervisionSince: null } : {};
  return { variables: { supervisionResult: 'withdrawn', ...released } };
};

import type { Handler } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';

/**
 * Art 28: issues a supervision order. Writes `supervised` and appends to `supervisionOrders` (ground, time). The
 * ground is the one stated by hand, else the lapse of Art 28 (1) that started the process.
 */
export const issueOrder: Handler = ({ variables, now }) => ({
  variables: {
    supervised: true,
    supervisionOrders: [
      ...listOf(variables, 'supervisionOrders'),
      { ground: textOf(variables, 'supervisionGround') ?? 'art28.p1.i1', at: now.toISOString() },
    ],
  },
});

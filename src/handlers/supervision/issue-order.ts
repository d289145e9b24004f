import type { Handler } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';

/**
 * Art 28: issues a supervision order. Writes `supervised`, appends to `supervisionOrders` (ground, time, start of the
 * supervision on this ground) and keeps `supervisionSince` until the supervision ends. The ground is the one entered by
 * a person, else the lapse of Art 28 (1) that started the process.
 */
export const issueOrder: Handler = ({ variables, now }) => {
  const at = now.toISOString();
  const since = textOf(variables, 'supervisionSince') ?? at;
  const ground = textOf(variables, 'supervisionGround') ?? 'art28.p1.i1';
  return {
    variables: {
      supervised: true,
      supervisionSince: since,
      supervisionOrders: [...listOf(variables, 'supervisionOrders'), { ground, at, since }],
    },
  };
};

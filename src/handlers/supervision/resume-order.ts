import { isJsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { listOf } from '../variables.js';

/**
 * The limit of the order issued at `resumedSince` had not expired: the order stands and supervision continues
 * (Art 28). Writes the ground and start of that supervision.
 */
export const resumeOrder: Handler = ({ variables }) => {
  const order = listOf(variables, 'supervisionOrders')
    .filter(isJsonObject)
    .find(({ at, withdrawnAt }) => at === variables.resumedSince && withdrawnAt === undefined);
  return {
    variables: {
      supervisionResult: null,
      supervisionGround: order?.ground ?? null,
      supervisionSince: order?.since ?? null,
    },
  };
};

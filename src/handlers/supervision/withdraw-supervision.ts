import type { Handler } from '../../engine/index.js';
import { withoutStanding } from './standing-grounds.js';

/** The cause of the supervision was withdrawn; `withdrawOverdue` handles its orders. Writes `supervisionResult`. */
export const withdrawSupervision: Handler = ({ variables, instance }) => ({
  variables: { supervisionResult: 'withdrawn', ...withoutStanding(variables, instance) },
});

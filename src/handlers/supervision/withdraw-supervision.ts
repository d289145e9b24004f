import { oneOf } from '../../engine/index.js';
import { standing, withoutStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = { writes: { supervisionResult: oneOf('withdrawn'), standingGrounds: standing } };

/** The cause of the supervision was withdrawn; `withdrawOverdue` handles its orders. Writes `supervisionResult`. */
export const withdrawSupervision = declares(produces, ({ variables, instance }) => ({
  variables: { supervisionResult: 'withdrawn', ...withoutStanding(variables, instance) },
}));

import { oneOf } from '../../engine/index.js';
import { standing, withoutStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = {
  does: '督办的起因没有了。',
  reads: 'standingGrounds',
  writes: { supervisionResult: oneOf('withdrawn'), standingGrounds: standing },
};

export const withdrawSupervision = declares(produces, ({ variables, instance }) => ({
  variables: { supervisionResult: 'withdrawn', ...withoutStanding(variables, instance) },
}));

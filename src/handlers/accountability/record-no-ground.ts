import { oneOf } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = {
  does: '没有督办的前提，问责就此结束。',
  writes: { accountabilityResult: oneOf('no-ground') },
};

export const recordNoGround = declares(produces, () => ({
  variables: { accountabilityResult: 'no-ground' },
}));

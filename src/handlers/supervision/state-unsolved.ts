import { oneOf } from '../../engine/index.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  writes: { supervisionGround: oneOf(provisionFor('supervision-repeats', law)) },
});

/**
 * The call-backs have established the ground, so nobody states it again. Writes `supervisionGround`, which the order
 * that follows in the same step uses up: a supervision that a person orders does not meet it.
 */
export const stateUnsolved = declares(produces, ({ laws }) => ({
  variables: { supervisionGround: provisionOf('supervision-repeats', laws) },
}));

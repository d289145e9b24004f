import { oneOf } from '../../engine/index.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  writes: { supervisionGround: oneOf(provisionFor('supervision-repeats', law)) },
});

/**
 * The follow-up calls have established the ground, so nobody states it again. Writes
 * `supervisionGround`, which the following order in the same step consumes, so that a supervision
 * ordered by a person does not pick it up.
 */
export const stateUnsolved = declares(produces, ({ laws }) => ({
  variables: { supervisionGround: provisionOf('supervision-repeats', laws) },
}));

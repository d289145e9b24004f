import type { Handler } from '../../engine/index.js';
import { provisionFor } from '../../kernel/law.js';

/**
 * The call-backs have established the ground, so nobody states it again. Writes `supervisionGround`, which the order
 * that follows in the same step uses up: a supervision that a person orders does not meet it.
 */
export const stateUnsolved: Handler = () => ({
  variables: { supervisionGround: provisionFor('supervision-repeats') },
});

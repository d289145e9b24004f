import type { JsonObject } from '../../kernel/index.js';
import { oneOf } from '../../engine/index.js';
import { isTrue, textOf } from '../variables.js';
import { openLists, withoutOpen } from './open-accountabilities.js';
import { provisionFor } from '../../kernel/law.js';
import { declares } from '../declares.js';

const produces = {
  writes: {
    accountabilityResult: oneOf('not-established', 'corrected', 'liability', 'referred'),
    ...openLists,
  },
};

/**
 * Writes `accountabilityResult`: `not-established`, `corrected`, `liability` or `referred`, and takes
 * this proceeding off `openAccountabilities`.
 */
export const recordAccountability = declares(produces, ({ variables, instance }) => ({
  variables: { accountabilityResult: resultOf(variables), ...withoutOpen(variables, instance) },
}));

function resultOf(variables: JsonObject): string {
  if (!isTrue(variables, 'established')) return 'not-established';
  if (textOf(variables, 'severity') === 'crime') return 'referred';
  const personal =
    textOf(variables, 'severity') === 'serious' ||
    textOf(variables, 'liabilityOrgan') !== undefined ||
    textOf(variables, 'clueGround') === provisionFor('retaliation');
  return personal ? 'liability' : 'corrected';
}

import type { JsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { isTrue, textOf } from '../variables.js';
import { withoutOpen } from './open-accountabilities.js';
import { provisionFor } from '../../kernel/law.js';

/**
 * Writes `accountabilityResult`: `not-established`, `corrected`, `liability` or `referred`, and takes
 * this proceeding off `openAccountabilities`.
 */
export const recordAccountability: Handler = ({ variables, instance }) => ({
  variables: { accountabilityResult: resultOf(variables), ...withoutOpen(variables, instance) },
});

function resultOf(variables: JsonObject): string {
  if (!isTrue(variables, 'established')) return 'not-established';
  if (textOf(variables, 'severity') === 'crime') return 'referred';
  const personal =
    textOf(variables, 'severity') === 'serious' ||
    textOf(variables, 'clueGround') === provisionFor('retaliation');
  return personal ? 'liability' : 'corrected';
}

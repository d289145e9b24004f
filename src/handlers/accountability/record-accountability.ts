import type { JsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { isTrue, textOf } from '../variables.js';
import { recordedSupervision } from './recorded-supervision.js';

/**
 * Arts 40 and 41: writes `accountabilityResult`: `no-ground` (Art 40 (2) without supervision), `not-established`,
 * `corrected`, `liability` or `referred`.
 */
export const recordAccountability: Handler = ({ variables, history }) => ({
  variables: {
    accountabilityResult:
      textOf(variables, 'clueGround') === 'art40.p1.i2' && !recordedSupervision(history()).inVain
        ? 'no-ground'
        : resultOf(variables),
  },
});

function resultOf(variables: JsonObject): string {
  if (!isTrue(variables, 'established')) return 'not-established';
  if (textOf(variables, 'severity') === 'crime') return 'referred';
  const personal = textOf(variables, 'severity') === 'serious' || textOf(variables, 'clueGround') === 'art41';
  return personal ? 'liability' : 'corrected';
}

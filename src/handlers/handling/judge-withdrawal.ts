import type { Handler } from '../../engine/index.js';
import { accuses } from '../accuses.js';
import { textOf } from '../variables.js';

/**
 * Whether the caller may withdraw the matter. Writes `withdrawable`: under the policy `withdrawal` = `own-matters` what
 * is the caller's alone, so no report and nothing that accuses somebody; under `none` nothing.
 */
export const judgeWithdrawal: Handler = ({ variables, policies }) => ({
  variables: {
    withdrawable:
      policies.value('withdrawal') !== 'none' &&
      textOf(variables, 'kind') !== 'report' &&
      !accuses(variables),
  },
});

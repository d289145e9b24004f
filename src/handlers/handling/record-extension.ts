import type { Handler } from '../../engine/index.js';
import { workingDaysOf } from '../policies.js';
import { countOf, textOf } from '../variables.js';

/**
 * Records what was decided on an extension. More working days than the policy `extensionMax` allows, or none, is
 * no extension. Writes `extensionGranted` and `extensionObstacle`; the limit itself is moved by whoever keeps the
 * deadlines, from `extensionGranted` and `extensionDays`.
 */
export const recordExtension: Handler = ({ policies, variables }) => {
  const days = countOf(variables, 'extensionDays');
  const most = workingDaysOf(policies.value('extensionMax')) ?? 0;
  const within = Number.isInteger(days) && days >= 1 && days <= most;
  const granted = textOf(variables, 'extensionDecision') === 'grant';
  return {
    variables: {
      extensionGranted: granted && within,
      extensionObstacle: granted && !within ? `延长的工作日数应当在 1 至 ${most} 之间` : null,
    },
  };
};

import type { Handler } from '../../engine/index.js';
import { isTrue } from '../variables.js';

/**
 * May the unit apply for an extension? The city's regulation knows none: only where the policy `extensionAllowed`
 * says so, before the limit has passed, and once a round. Writes `extensionAdmissible` and `extensionObstacle`.
 */
export const judgeExtension: Handler = ({ policies, variables }) => {
  const obstacle =
    policies.value('extensionAllowed') !== 'true'
      ? '现行政策不开放延期'
      : isTrue(variables, 'replyOverdue')
        ? '期限已经届满'
        : isTrue(variables, 'extensionGranted')
          ? '本轮已经延期一次'
          : null;
  return { variables: { extensionAdmissible: obstacle === null, extensionObstacle: obstacle } };
};

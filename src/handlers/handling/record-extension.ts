import type { Handler, HandlerContext, HandlerResult } from '../../engine/index.js';
import { countOf, textOf } from '../variables.js';
import { grantedName, isOverdue, limits, type Clock } from './clocks.js';
import { extensionLeft } from './judge-extension.js';

/**
 * Records the decision on an extension and moves the limit with its reminders and cards. No extension if it exceeds
 * what `extensionMax` leaves or what was applied for, is zero, or the limit has passed meanwhile. Writes
 * `extensionGranted` (or `completionExtensionGranted`), `extendedDays` and `extensionObstacle`.
 */
export const recordExtension: Handler = (context) => record('reply', context);

export const recordCompletionExtension: Handler = (context) => record('completion', context);

function record(clock: Clock, context: HandlerContext): HandlerResult {
  const { variables } = context;
  const name = grantedName(clock);
  const workingDays = countOf(variables, 'extensionDays');
  const obstacle =
    textOf(variables, 'extensionDecision') === 'grant' ? obstacleTo(clock, workingDays, context) : '不准延期';
  if (obstacle !== null) return { variables: { [name]: false, extensionObstacle: obstacle } };
  return {
    variables: {
      [name]: true,
      extendedDays: countOf(variables, 'extendedDays') + workingDays,
      extensionObstacle: null,
    },
    clocks: [{ act: 'extend', limit: limits[clock], workingDays, reason: '准予延期' }],
  };
}

function obstacleTo(clock: Clock, workingDays: number, context: HandlerContext): string | null {
  if (isOverdue(context.variables, clock)) return '期限已经届满';
  const most = Math.min(extensionLeft(context), countOf(context.variables, 'extensionWanted'));
  const within = Number.isInteger(workingDays) && workingDays >= 1 && workingDays <= most;
  return within ? null : `延长的工作日数应当在 1 至 ${most} 之间`;
}

/** The limit passed before a decision. Writes `extensionObstacle`. */
export const lapseExtension: Handler = () => ({
  variables: { extensionObstacle: '期限届满时尚未决定,申请失效' },
});

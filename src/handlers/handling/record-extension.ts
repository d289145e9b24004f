import {
  aNumber,
  aText,
  aTruth,
  orNull,
  type HandlerContext,
  type HandlerResult,
} from '../../engine/index.js';
import { wholeDaysOf } from '../policies.js';
import { countOf, textOf } from '../variables.js';
import { grantedName, isOverdue, limits, type Clock } from './clocks.js';
import { declares } from '../declares.js';

const recordExtensionProduces = {
  does: '记下延期的决定；准予的，期限和它的提醒、牌移后。过了政策 `extensionMax` 所余的、所申请的，零，或者已经届满的，不准（`extensionObstacle` 写为什么）。',
  reads: 'extensionDecision extensionDays extensionWanted extendedDays replyOverdue',
  policies: 'extensionMax',
  moves: { extend: 'reply' },
  writes: { extensionGranted: aTruth, extendedDays: aNumber, extensionObstacle: orNull(aText) },
};

export const recordExtension = declares(recordExtensionProduces, (context) => record('reply', context));

const recordCompletionExtensionProduces = {
  does: '同 `recordExtension`，延的是答复的日期。',
  reads: 'extensionDecision extensionDays extensionWanted extendedDays completionOverdue',
  policies: 'extensionMax',
  moves: { extend: 'completion' },
  writes: { completionExtensionGranted: aTruth, extendedDays: aNumber, extensionObstacle: orNull(aText) },
};

export const recordCompletionExtension = declares(recordCompletionExtensionProduces, (context) =>
  record('completion', context),
);

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
    clocks: [{ act: 'extend', limit: limits[clock], workingDays }],
  };
}

function obstacleTo(clock: Clock, workingDays: number, context: HandlerContext): string | null {
  if (isOverdue(context.variables, clock)) return '期限已经届满';
  const most = Math.min(extensionLeft(context), countOf(context.variables, 'extensionWanted'));
  const within = Number.isInteger(workingDays) && workingDays >= 1 && workingDays <= most;
  return within ? null : `延长的工作日数应当在 1 至 ${most} 之间`;
}

/** Working days that may still be granted in this round, for both clocks together. */
const extensionLeft = ({ policies, variables }: Pick<HandlerContext, 'policies' | 'variables'>): number =>
  (wholeDaysOf(policies.value('extensionMax')) ?? 0) - countOf(variables, 'extendedDays');

const lapseExtensionProduces = { does: '决定以前期限届满，申请失效。', writes: { extensionObstacle: aText } };

export const lapseExtension = declares(lapseExtensionProduces, () => ({
  variables: { extensionObstacle: '期限届满时尚未决定，申请失效' },
}));

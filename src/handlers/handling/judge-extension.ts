import { aText, aTruth, orNull, type HandlerContext } from '../../engine/index.js';
import { wholeDaysOf } from '../policies.js';
import { countOf, isTrue, textOf } from '../variables.js';
import { grantedName, isOverdue, replyPaused, type Clock } from './clocks.js';
import { declares } from '../declares.js';

const produces = { writes: { extensionAdmissible: aTruth, extensionObstacle: orNull(aText) } };

/**
 * May the unit apply for an extension? The city's regulation has none: only if the policy `extensionAllowed` permits
 * it, with a reason, before the limit, once a round, within `extensionMax` working days. A limit set by another law
 * cannot be extended. Writes `extensionAdmissible` and `extensionObstacle`.
 */
export const judgeExtension = declares(produces, (context) => judge('reply', context));

export const judgeCompletionExtension = declares(produces, (context) => judge('completion', context));

function judge(clock: Clock, context: HandlerContext) {
  const obstacle = obstacleTo(clock, context);
  return { variables: { extensionAdmissible: obstacle === null, extensionObstacle: obstacle } };
}

function obstacleTo(clock: Clock, { policies, variables }: HandlerContext): string | null {
  if (policies.value('extensionAllowed') !== 'true') return '现行政策不开放延期';
  if (isOverdue(variables, clock)) return '期限已经届满';
  if (clock === 'reply' && replyPaused(variables)) return '期限正在暂停';
  if (clock === 'completion' && textOf(variables, 'branch') === 'statutory-limit') return '法定期限不得延长';
  if (isTrue(variables, grantedName(clock))) return '本轮已经延期一次';
  if (textOf(variables, 'extensionGround') === undefined) return '没有写明申请理由';
  const [wanted, most] = [countOf(variables, 'extensionWanted'), extensionLeft({ policies, variables })];
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most)
    return `申请的工作日数应当在 1 至 ${most} 之间`;
  return null;
}

/** Working days that may still be granted in this round, for both clocks together. */
export function extensionLeft({
  policies,
  variables,
}: Pick<HandlerContext, 'policies' | 'variables'>): number {
  return (wholeDaysOf(policies.value('extensionMax')) ?? 0) - countOf(variables, 'extendedDays');
}

import type { JsonObject } from '../../kernel/index.js';
import { aDate, oneOf } from '../../engine/index.js';
import { explanationUntil } from '../explanation-window.js';
import { isTrue, textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  writes: {
    outcome: oneOf(
      '来电人撤回',
      '不再办理',
      '终止办理',
      '问责后办结',
      '回复不实，已交监察',
      '督办后办结',
      '超期办结',
      '解释说明后办结',
      '办结',
    ),
    explanationUntil: aDate,
  },
};

/** Writes `outcome` of handling by the gravest fact, unless the matter was withdrawn; and `explanationUntil`. */
export const recordOutcome = declares(produces, (context) => ({
  variables: { outcome: outcomeOf(context.variables), ...explanationUntil(context) },
}));

function outcomeOf(variables: JsonObject): string {
  if (textOf(variables, 'withdrawalConfirmed') !== undefined) return '来电人撤回';
  if (textOf(variables, 'branch') === 'no-further') return '不再办理';
  if (textOf(variables, 'terminationDecision') === 'terminate') return '终止办理';
  if (isTrue(variables, 'accountabilityOpened')) return '问责后办结';
  if (isTrue(variables, 'falseReplyFound')) return '回复不实，已交监察';
  if (isTrue(variables, 'supervised')) return '督办后办结';
  if (isTrue(variables, 'overdue')) return '超期办结';
  return explained.includes(textOf(variables, 'branch') ?? '') ? '解释说明后办结' : '办结';
}

/** The matter cannot be done lawfully, or not within the legal time: the caller was told why. */
const explained = ['not-allowed', 'explained'];

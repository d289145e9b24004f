import { aDate, oneOf, type HandlerContext } from '../../engine/index.js';
import { isFailureEstablished } from '../accountability/established-failure.js';
import { explanationUntil } from '../explanation-window.js';
import { isTrue, textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '以最重的事实记下办理的结果，和到哪一日可以要求说明。是否问责成立看轨迹的 `finding.made`、`review.decided`。',
  reads: 'withdrawalConfirmed branch falseReplyFound supervised overdue explanationUntil',
  policies: 'explanationWindow',
  writes: {
    outcome: oneOf(
      '来电人撤回',
      '不再办理',
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

export const recordOutcome = declares(produces, (context) => ({
  variables: { outcome: outcomeOf(context), ...explanationUntil(context) },
}));

function outcomeOf({ variables, history }: HandlerContext): string {
  if (textOf(variables, 'withdrawalConfirmed') !== undefined) return '来电人撤回';
  if (textOf(variables, 'branch') === 'no-further') return '不再办理';
  if (isFailureEstablished(history())) return '问责后办结';
  if (isTrue(variables, 'falseReplyFound')) return '回复不实，已交监察';
  if (isTrue(variables, 'supervised')) return '督办后办结';
  if (isTrue(variables, 'overdue')) return '超期办结';
  return textOf(variables, 'branch') === 'not-allowed' ? '解释说明后办结' : '办结';
}

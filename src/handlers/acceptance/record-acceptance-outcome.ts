import { aDate, oneOf, type HandlerContext } from '../../engine/index.js';
import { wayAsking, waysOutByKey } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { explanationUntil } from '../explanation-window.js';
import { inForceFor } from '../provisions.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const referred = '移送公安机关';

const produces = (law: Law) => ({
  does: '记下在受理环节结束的结果（处理方式在条例包里的名称），和到哪一日可以要求说明。',
  reads: 'referralDecision matterRemains wayOut explanationUntil',
  policies: 'explanationWindow',
  writes: { outcome: oneOf(referred, ...Object.values(waysOutByKey(law))), explanationUntil: aDate },
});

export const recordAcceptanceOutcome = declares(produces, (context) => ({
  variables: { outcome: outcomeOf(context), ...explanationUntil(context) },
}));

function outcomeOf({ variables, laws }: Pick<HandlerContext, 'variables' | 'laws'>): string {
  if (textOf(variables, 'referralDecision') === 'refer' && variables.matterRemains === false) return referred;
  const law = inForceFor(laws);
  const names = waysOutByKey(law);
  const way = textOf(variables, 'wayOut') ?? '';
  return names[way] ?? names[wayAsking('answer', law) ?? ''] ?? '办结';
}

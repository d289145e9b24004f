import { aDate, oneOf, type HandlerContext } from '../../engine/index.js';
import { wayAsking, waysOutByKey } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { explanationUntil } from '../explanation-window.js';
import { inForceFor } from '../provisions.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const referred = '移送公安机关';

const produces = (law: Law) => ({
  writes: { outcome: oneOf(referred, ...Object.values(waysOutByKey(law))), explanationUntil: aDate },
});

/**
 * Writes `outcome` of a matter that ends in acceptance (the package's name for the way it was
 * handled), and `explanationUntil`.
 */
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

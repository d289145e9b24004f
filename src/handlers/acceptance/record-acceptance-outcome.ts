import { aDate, oneOf, type HandlerContext } from '../../engine/index.js';
import { wayAsking, waysOutByKey } from '../../kernel/kinds.js';
import { explanationUntil } from '../explanation-window.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const referred = '移送公安机关';

const produces = () => ({
  writes: { outcome: oneOf(referred, ...Object.values(waysOutByKey())), explanationUntil: aDate },
});

/**
 * Writes `outcome` of a matter that ends in acceptance, and `explanationUntil`: what the package calls the way in which
 * it was handled.
 */
export const recordAcceptanceOutcome = declares(produces, (context) => ({
  variables: { outcome: outcomeOf(context), ...explanationUntil(context) },
}));

function outcomeOf({ variables }: Pick<HandlerContext, 'variables'>): string {
  if (textOf(variables, 'referralDecision') === 'refer' && variables.matterRemains === false) return referred;
  const names = waysOutByKey();
  const way = textOf(variables, 'wayOut') ?? '';
  return names[way] ?? names[wayAsking('answer') ?? ''] ?? '办结';
}

import { aDate, oneOf } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { explanationUntil } from '../explanation-window.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  writes: { outcome: oneOf('移送公安机关', '不予受理', '告知原途径', '当场答复'), explanationUntil: aDate },
};

/** Writes `outcome` of a matter that ends in acceptance, and `explanationUntil`. */
export const recordAcceptanceOutcome = declares(produces, (context) => ({
  variables: { outcome: outcomeOf(context.variables), ...explanationUntil(context) },
}));

function outcomeOf(variables: JsonObject): string {
  if (textOf(variables, 'referralDecision') === 'refer' && variables.matterRemains === false) {
    return '移送公安机关';
  }
  return byWayOut[textOf(variables, 'wayOut') ?? ''] ?? '当场答复';
}

const byWayOut: { readonly [wayOut: string]: string } = {
  'not-accepted': '不予受理',
  'original-channel': '告知原途径',
};

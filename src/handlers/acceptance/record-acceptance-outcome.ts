import type { Handler } from '../../engine/index.js';
import { textOf } from '../variables.js';

/** Writes `outcome` of a matter that ends in acceptance. */
export const recordAcceptanceOutcome: Handler = ({ variables }) => {
  if (textOf(variables, 'referralDecision') === 'refer' && variables.matterRemains === false) {
    return { variables: { outcome: '移送公安机关' } };
  }
  const toldChannel = textOf(variables, 'wayOut') === 'original-channel';
  return { variables: { outcome: toldChannel ? '告知原途径' : '当场答复' } };
};

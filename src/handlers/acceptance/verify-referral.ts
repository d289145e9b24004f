import { oneOf } from '../../engine/index.js';
import { textOf } from '../variables.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  writes: { referralProvision: oneOf(provisionFor('insult', law), provisionFor('malicious-use', law)) },
  errors: ['dissuasion-missing'],
});

/**
 * Malicious repetition may be referred to the police only after a recorded dissuasion without
 * effect; insult, threat and false accusation need none. Writes `referralProvision`. Error
 * `dissuasion-missing` returns the matter to the dissuasion.
 */
export const verifyReferral = declares(produces, ({ variables, laws }) => {
  if (textOf(variables, 'conduct') === 'insult')
    return { variables: { referralProvision: provisionOf('insult', laws) } };
  const dissuaded = textOf(variables, 'dissuasionRecord') !== undefined;
  if (dissuaded && variables.dissuasionEffective === false) {
    return { variables: { referralProvision: provisionOf('malicious-use', laws) } };
  }
  return { error: 'dissuasion-missing' };
});

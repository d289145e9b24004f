import { oneOf } from '../../engine/index.js';
import { textOf } from '../variables.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  does: '恶意反复的，记下劝阻过而无效的才可以移送；侮辱、威胁的不必劝阻。`referralProvision` 写依据哪一条。',
  reads: 'conduct dissuasionRecord dissuasionEffective',
  writes: { referralProvision: oneOf(provisionFor('insult', law), provisionFor('malicious-use', law)) },
  errors: { 'dissuasion-missing': '恶意反复的，没有记下无效的劝阻：回到劝阻' },
});

export const verifyReferral = declares(produces, ({ variables, laws }) => {
  if (textOf(variables, 'conduct') === 'insult')
    return { variables: { referralProvision: provisionOf('insult', laws) } };
  const dissuaded = textOf(variables, 'dissuasionRecord') !== undefined;
  if (dissuaded && variables.dissuasionEffective === false) {
    return { variables: { referralProvision: provisionOf('malicious-use', laws) } };
  }
  return { error: 'dissuasion-missing' };
});

import { isApproved } from '../../measures/assessment/index.js';
import { aText } from '../../engine/index.js';
import { inForceFor } from '../provisions.js';
import { methodIn } from './run.js';
import { declares } from '../declares.js';

const produces = {
  does: '没有经批准的考核办法就不考核。',
  reads: 'method',
  writes: { methodVersion: aText },
  errors: { 'method-not-approved': '没有考核办法，或者没有写批准的机关、日期' },
};

export const checkMethod = declares(produces, ({ variables, laws }) => {
  const law = inForceFor(laws);
  const method = methodIn(variables, law);
  if (!method || !isApproved(method, law)) return { error: 'method-not-approved' };
  return { variables: { methodVersion: method.version } };
});

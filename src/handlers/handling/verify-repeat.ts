import { aTruth, oneOf } from '../../engine/index.js';
import type { Law } from '../../kernel/law.js';
import { repeatProvision, repeatProvisions } from '../acceptance/link-repeat.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  writes: { repeatOf: oneOf(...repeatProvisions(law)), statementToBeRead: aTruth },
  errors: ['not-a-repeat'],
});

/**
 * A unit may stop handling only a repeat: acceptance linked it to an earlier sheet, or the unit,
 * whose judgement it is, names one (`earlierSheet`, `earlierResult`; naming it already checked that
 * it is the same caller's and closed). Writes `repeatOf`, and `statementToBeRead` if the policy
 * `noFurtherRead` requires the hotline to read the statement. Error `not-a-repeat` otherwise.
 */
export const verifyRepeat = declares(produces, ({ variables, policies, laws }) => {
  const read = policies.value('noFurtherRead') === 'acknowledge' ? { statementToBeRead: true } : {};
  if (textOf(variables, 'repeatOf') !== undefined) return { variables: read };
  const isNamed = textOf(variables, 'earlierSheet') !== undefined;
  const repeatOf = isNamed ? repeatProvision(textOf(variables, 'earlierResult'), laws) : undefined;
  return repeatOf === undefined ? { error: 'not-a-repeat' } : { variables: { repeatOf, ...read } };
});

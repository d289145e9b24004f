import { aNumber, aTruth } from '../../engine/index.js';
import { countOf, isTrue } from '../variables.js';
import { declares } from '../declares.js';

const produces = { writes: { unsolvedRounds: aNumber, repeatedlyUnsolved: aTruth, concentrated: aTruth } };

/**
 * The caller says once more that the matter is not solved. From the number of rounds in the policy
 * `repeatedRounds` on, it is studied specially and supervised. Dissatisfaction with a solved matter
 * does not count, nor does a caller who could not be reached. Writes `unsolvedRounds`,
 * `repeatedlyUnsolved` and `concentrated`.
 */
export const countUnsolved = declares(produces, ({ policies, variables }) => {
  if (variables.resolved !== false || isTrue(variables, 'notEstablished')) return {};
  const unsolvedRounds = countOf(variables, 'unsolvedRounds') + 1;
  const isRepeated = unsolvedRounds >= Number(policies.value('repeatedRounds') ?? Infinity);
  return {
    variables: {
      unsolvedRounds,
      ...(isRepeated ? { repeatedlyUnsolved: true, concentrated: true } : {}),
    },
  };
});

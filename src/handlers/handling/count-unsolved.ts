import { aNumber, aTruth } from '../../engine/index.js';
import { countOf, isTrue } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '来电人又说没有解决：满政策 `repeatedRounds` 次的，专题研究、督办。解决了而不满意的、联系不上的，不计。',
  reads: 'resolved notEstablished unsolvedRounds',
  policies: 'repeatedRounds',
  writes: { unsolvedRounds: aNumber, repeatedlyUnsolved: aTruth, concentrated: aTruth },
};

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

import { aNumber, aText, aTruth, orNull } from '../../engine/index.js';
import { countOf, isTrue } from '../variables.js';
import { declares } from '../declares.js';

const produces = { writes: { returns: aNumber, returnAdmissible: aTruth, returnObstacle: orNull(aText) } };

/**
 * May the unit return the sheet? Not after the hotline designated a unit in a dispute (`assignUnit`): then it refuses
 * to receive it. Writes `returnAdmissible`, `returnObstacle` (why not), and counts `returns`.
 */
export const judgeReturn = declares(produces, ({ variables }) => {
  const barred = isTrue(variables, 'returnBarred');
  return {
    variables: {
      returns: countOf(variables, 'returns') + 1,
      returnAdmissible: !barred,
      returnObstacle: barred ? '已经指定承办单位' : null,
    },
  };
});

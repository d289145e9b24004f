import { aList, aText, aTruth } from '../../engine/index.js';
import { mustWithdraw, ofRecused, recusedUnits } from '../recusal.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '工单离开热线以前核对回避；投诉、举报指名了单位的，不让它看来电人（`callerShielded`）。',
  reads: `unit passedOnBy supportingUnits coordinatingUnit ${ofRecused}`,
  writes: { recusedUnits: aList(aText), callerShielded: aTruth },
  errors: { recusal: '要交给的单位里有应当回避的' },
};

export const checkRecusal = declares(produces, ({ variables }) => {
  if (mustWithdraw(variables)) return { error: 'recusal' };
  return {
    variables: {
      recusedUnits: recusedUnits(variables),
      callerShielded: textOf(variables, 'accusedUnit') !== undefined,
    },
  };
});

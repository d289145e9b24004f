import { lastDayBefore } from '../../kernel/civil-date.js';
import { aDate, aList, aNumber, aRecord, aText } from '../../engine/index.js';
import { isJsonObject } from '../../kernel/index.js';
import { basisCited } from '../../kernel/law.js';
import { inForceFor } from '../provisions.js';
import { listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '别的法律规定的各个期限（`legal-bases.json`），自单位接到之日起算到哪一日（`legalLimits`），供表单核对答复的日期。',
  reads: 'assignments',
  writes: { legalLimits: aList(aRecord({ basis: aText, last: aDate, workingDays: aNumber })) },
};

export const listLegalLimits = declares(produces, ({ variables, now, due, laws }) => {
  const handedOver = listOf(variables, 'assignments').findLast(isJsonObject);
  const from = new Date(textOf(handedOver ?? {}, 'at') ?? now);
  return {
    variables: {
      legalLimits: inForceFor(laws).legalBases.map((basis) => {
        const limit = due({ kind: 'duration', text: basis.length, unit: basis.unit, edge: 'end' }, from);
        let workingDays = 0;
        while (
          due({ kind: 'duration', text: `P${workingDays + 1}D`, unit: 'working-days', edge: 'end' }, from) <=
          limit
        )
          workingDays += 1;
        return { basis: basisCited(basis), last: lastDayBefore(limit), workingDays };
      }),
    },
  };
});

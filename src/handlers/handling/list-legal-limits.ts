import { lastDayBefore } from '../../kernel/civil-date.js';
import { aDate, aList, aNumber, aRecord, aText } from '../../engine/index.js';
import { isJsonObject } from '../../kernel/index.js';
import { basisCited } from '../../kernel/law.js';
import { inForceFor } from '../provisions.js';
import { listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  writes: { legalLimits: aList(aRecord({ basis: aText, last: aDate, workingDays: aNumber })) },
};

/**
 * The last day of each limit that another law sets, counted from the day on which the unit received
 * the matter, and the whole working days in it. Writes `legalLimits`, with which a form's rule
 * compares the promised date, or a table the length of an extension.
 */
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

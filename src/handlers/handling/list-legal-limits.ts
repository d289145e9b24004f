import { lastDayBefore } from '../../kernel/civil-date.js';
import { aDate, aList, aRecord, aText } from '../../engine/index.js';
import { isJsonObject } from '../../kernel/index.js';
import { basisCited } from '../../kernel/law.js';
import { inForceFor } from '../provisions.js';
import { listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = { writes: { legalLimits: aList(aRecord({ basis: aText, last: aDate })) } };

/**
 * The last day of each limit that another law sets, counted from the day on which the unit received
 * the matter. Writes `legalLimits`, with which the form's rule compares the promised date.
 */
export const listLegalLimits = declares(produces, ({ variables, now, due, laws }) => {
  const handedOver = listOf(variables, 'assignments').findLast(isJsonObject);
  const from = new Date(textOf(handedOver ?? {}, 'at') ?? now);
  return {
    variables: {
      legalLimits: inForceFor(laws).legalBases.map((basis) => {
        const limit = due({ kind: 'duration', text: basis.length, unit: basis.unit, edge: 'end' }, from);
        return { basis: basisCited(basis), last: lastDayBefore(limit) };
      }),
    },
  };
});

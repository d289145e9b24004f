import { oneOf, orNull, type HandlerContext } from '../../engine/index.js';
import { isTrue, textOf } from '../variables.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { inForceFor } from '../provisions.js';
import { declares } from '../declares.js';

/** Maps the result of the earlier sheet to one of the two grounds of a repeat. */
const byResult = (of: Law): { readonly [priorResult: string]: string } => ({
  handled: provisionFor('repeat-of-handled', of),
  'not-allowed': provisionFor('repeat-not-allowed', of),
});

export const repeatProvisions = (law: Law): string[] => Object.values(byResult(law));

export const repeatProvision = (
  result: string | undefined,
  laws: HandlerContext['laws'],
): string | undefined => byResult(inForceFor(laws))[result ?? ''];

const produces = (law: Law) => ({ writes: { repeatOf: orNull(oneOf(...repeatProvisions(law))) } });

/**
 * Links a matter that repeats the same facts and reasons to the sheet that dealt with it. New facts
 * or new reasons make it a new matter. Writes `repeatOf`: the provision that applies, or null.
 */
export const linkRepeat = declares(produces, ({ variables, laws }) => {
  const linked = textOf(variables, 'relatedSheet') !== undefined && isTrue(variables, 'sameFactsAndReasons');
  const provision = repeatProvision(textOf(variables, 'priorResult'), laws);
  return { variables: { repeatOf: linked && provision !== undefined ? provision : null } };
});

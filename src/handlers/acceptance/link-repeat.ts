import { oneOf, orNull } from '../../engine/index.js';
import { isTrue, textOf } from '../variables.js';
import { provisionFor } from '../../kernel/law.js';
import { declares } from '../declares.js';

/** Of what the earlier sheet came to: which of the two grounds of a repeat applies. */
const provisionOf = (): { readonly [priorResult: string]: string } => ({
  handled: provisionFor('repeat-of-handled'),
  'not-allowed': provisionFor('repeat-not-allowed'),
});

export const repeatProvisions = (): string[] => Object.values(provisionOf());

export const repeatProvision = (result: string | undefined): string | undefined =>
  provisionOf()[result ?? ''];

const produces = () => ({ writes: { repeatOf: orNull(oneOf(...repeatProvisions())) } });

/**
 * Links a matter raised again with the same facts and reasons to the sheet that dealt with it. New facts
 * or new reasons make it a new matter. Writes `repeatOf`: the provision that applies, or null.
 */
export const linkRepeat = declares(produces, ({ variables }) => {
  const linked = textOf(variables, 'relatedSheet') !== undefined && isTrue(variables, 'sameFactsAndReasons');
  const provision = repeatProvision(textOf(variables, 'priorResult'));
  return { variables: { repeatOf: linked && provision !== undefined ? provision : null } };
});

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

const produces = (law: Law) => ({
  does: '同一事实和理由的，关联原工单：`repeatOf` 写适用哪一项，不适用的为空。',
  reads: 'relatedSheet sameFactsAndReasons priorResult',
  writes: { repeatOf: orNull(oneOf(...repeatProvisions(law))) },
});

export const linkRepeat = declares(produces, ({ variables, laws }) => {
  const linked = textOf(variables, 'relatedSheet') !== undefined && isTrue(variables, 'sameFactsAndReasons');
  const provision = repeatProvision(textOf(variables, 'priorResult'), laws);
  return { variables: { repeatOf: linked && provision !== undefined ? provision : null } };
});

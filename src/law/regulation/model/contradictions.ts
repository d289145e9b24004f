/** Norms of one version that contradict each other, without one being the exception of the other. In Chinese. */
import { dereferenced, fixedLengthOf } from '../../../kernel/limit.js';
import type { Norm } from './content.js';
import type { Act } from './deeds.js';
import { limitInWords } from './limits.js';
import { provisionLabel } from './provision-id.js';

/** "Shall" and "not" of one deed: doing all that the one requires does what the other forbids, whatever way is taken. */
export const contradictions = ({ norms }: Norms): readonly string[] =>
  norms.flatMap((not) => norms.flatMap((shall) => (isException(not, shall) ? [] : forbidden(not, shall))));

/**
 * Two limits on one clock, of duties that one case may owe. An amendment that changes one of several norms is only
 * warned; a package that says so is refused.
 */
export const contradictoryLimits = ({ norms }: Norms): readonly string[] =>
  norms.flatMap((one, index) =>
    norms.slice(index + 1).flatMap((other) => (replaces(one, other) ? [] : unequal(one, other, norms))),
  );

/** A deed, after which the one takes the other's place, also changes the length. */
const replaces = (one: Norm, other: Norm): boolean =>
  isException(one, other) && (one.when !== null || other.when !== null);

interface Norms {
  readonly norms: readonly Norm[];
}

const isException = (one: Norm, other: Norm): boolean =>
  one.exceptionOf.includes(other.id) || other.exceptionOf.includes(one.id);

function unequal(one: Norm, other: Norm, norms: readonly Norm[]): string[] {
  const clock = one.duty?.clock;
  if (!clock || other.duty?.clock !== clock) return [];
  const lengthOf = ({ limit }: Norm) =>
    limit && fixedLengthOf(dereferenced(limit, (norm) => norms.find(({ id }) => id === norm)?.limit));
  const [length, another] = [lengthOf(one), lengthOf(other)];
  if (
    !length ||
    !another ||
    (length.text === another.text && length.unit === another.unit) ||
    !mayMeet(one, other)
  )
    return [];
  return [
    `${named(one)}（${limitInWords(one.limit)}）和${named(other)}（${limitInWords(other.limit)}）同一期限写了不同的长短，可以同时适用；改成一样，或者写明哪个是例外`,
  ];
}

function forbidden(not: Norm, shall: Norm): string[] {
  const ways = shall.modality === 'shall' ? (shall.duty?.discharged ?? []) : [];
  const isForbidden = (act: Act): boolean => not.forbids.some((one) => implies(act, one));
  if (ways.length === 0 || !ways.every((acts) => acts.some(isForbidden))) return [];
  return [`${named(shall)}应当做的，${named(not)}说不得做；写明哪个是例外`];
}

/** Whether their duties can be owed together: conditions compare listed values, so others can always meet. */
const mayMeet = (one: Norm, other: Norm): boolean =>
  (one.duty?.opens ?? []).some((act) =>
    (other.duty?.opens ?? []).some((another) => act.deed !== another.deed || agree(act, another)),
  );

const agree = (act: Act, another: Act): boolean =>
  Object.entries(act.facts).every(([fact, value]) => {
    const values = another.facts[fact];
    return values === undefined || [value].flat().some((each) => [values].flat().includes(each));
  });

/** Whether every deed that the act matches is matched by the other act. */
const implies = (act: Act, other: Act): boolean =>
  act.deed === other.deed &&
  Object.entries(other.facts).every(([fact, wanted]) => {
    const values = act.facts[fact];
    return values !== undefined && [values].flat().every((each) => [wanted].flat().includes(each));
  });

const named = ({ id, provisions }: Norm): string => `${provisions.map(provisionLabel).join('、')} ${id}`;

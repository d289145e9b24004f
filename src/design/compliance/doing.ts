/** Finds which elements do which acts of the regulation, and which form answers an act requires. */
import {
  optionsUnder,
  type BpmnElement,
  type DeedLink,
  type ElementAnnotation,
  type FormField,
} from '../../engine/model/index.js';
import type { Law } from '../../kernel/law.js';
import { namesIn } from './data/is-feel.js';
import { roleName } from '../../kernel/role-name.js';
import type { Act } from '../../law/regulation/model/index.js';
import { impossibleIn } from './checks/possible.js';
import { knownValue, type Valuation } from './flow/choices.js';
import type { CheckContext } from './context.js';
import type { ProcessModel, Subject } from './subject.js';

/** The subject and the other processes in force. */
export const modelsOf = once((subject: Subject): readonly ProcessModel[] => [
  subject,
  ...subject.inForce.others,
]);

/**
 * True for a process that has no version in force. A duty that such a process does not serve was
 * not served before it either.
 */
export const isAdded = ({ context, inForce }: Subject): boolean =>
  inForce.own === undefined && context.inForce.length > 0;

/** The model alone, always as the same list, so that cached results are found again. */
export const alone = once((model: ProcessModel): readonly ProcessModel[] => [model]);

const elementsOf = once((models: readonly ProcessModel[]): readonly ElementAnnotation[] =>
  models.flatMap(({ annotations }) => annotations.elements),
);

export const fieldsOf = once((models: readonly ProcessModel[]): readonly FormField[] =>
  elementsOf(models).flatMap(({ form }) => form),
);

/**
 * Caches a result per object: a third of a check's time was spent recomputing the same lists for
 * every norm and element.
 */
function once<Of extends object, Value>(compute: (of: Of) => Value): (of: Of) => Value {
  const known = new WeakMap<Of, { readonly value: Value }>();
  return (of) => {
    const found = known.get(of) ?? { value: compute(of) };
    known.set(of, found);
    return found.value;
  };
}

/** What an element's deeds are judged by, besides the diagrams. */
type Given = Pick<CheckContext, 'law' | 'handlers'>;

/** Whether some element can do the deed with the facts that the act requires. */
export const isPossible = (models: readonly ProcessModel[], act: Act, given: Given): boolean =>
  elementsOf(models).some((element) => linkTo(element, act, models, given) !== undefined);

/** Whether the element can do the act. */
export const does = (model: ProcessModel, { id }: BpmnElement, act: Act, given: Given): boolean => {
  const element = model.annotations.element(id ?? '');
  return element !== undefined && linkTo(element, act, alone(model), given) !== undefined;
};

export const linkTo = (
  element: ElementAnnotation,
  act: Act,
  models: readonly ProcessModel[],
  given: Given,
): DeedLink | undefined =>
  element.deeds.find(
    (link) =>
      link.name === act.deed &&
      canBe(link, act, fieldsOf(models), given.law) &&
      isWritten(element, link, act, given),
  );

/** False if the element's own handler writes the fact and has no such value. */
const isWritten = (
  { handler }: ElementAnnotation,
  { facts }: DeedLink,
  act: Act,
  { handlers }: Given,
): boolean => {
  const writes = handlers.find(({ name }) => name === handler)?.writes ?? {};
  return facts.every(({ name, value }) => {
    const wanted = act.facts[name];
    const written = writes[value.replace(/^=\s*/, '')];
    if (wanted === undefined || written?.kind !== 'text' || !written.values) return true;
    return written.values.some((one) => [wanted].flat().includes(one));
  });
};

/** Whether the element is any deed of the regulation. */
export const doesLawful = ({ annotations, context }: Subject, { id }: BpmnElement): boolean =>
  (annotations.element(id ?? '')?.deeds ?? []).some(({ name }) =>
    context.vocabulary.deeds.some((deed) => deed.name === name),
  );

/** Whether the element does the deed with a constant fact that differs from the act's. */
export const doesOtherwise = (model: ProcessModel, { id }: BpmnElement, act: Act): boolean =>
  (model.annotations.element(id ?? '')?.deeds ?? []).some(
    ({ name, facts }) =>
      name === act.deed &&
      facts.some((fact) => {
        const [literal, wanted] = [literalIn(fact.value), act.facts[fact.name]];
        return literal !== undefined && wanted !== undefined && ![wanted].flat().includes(literal);
      }),
  );

const literalIn = (value: string): string | undefined => /^(?:=\s*)?"([^"]*)"$/.exec(value)?.[1];

function canBe({ facts, when }: DeedLink, act: Act, fields: readonly FormField[], law: Law): boolean {
  if (impossibleIn(when ?? '', fields, law) !== undefined) return false;
  return Object.entries(act.facts).every(([name, wanted]) => {
    const value = facts.find((fact) => fact.name === name)?.value.replace(/^=\s*/, '');
    if (value === undefined) return false;
    const literal = literalIn(value);
    const wants = [wanted].flat();
    if (literal !== undefined) return wants.includes(literal);
    const offered = fields.filter(({ key }) => key === value);
    if (offered.length === 0 || offered.some(({ type }) => type !== 'choice')) return true;
    return offered.some((field) => optionsUnder(field, law).some((option) => wants.includes(option.value)));
  });
}

/** The form answers that give the act's facts, for facts that are plain form fields. */
export const answersOf = ({ facts }: DeedLink, act: Act): Valuation =>
  new Map(
    facts.flatMap(({ name, value }) => {
      const [field] = /^\w+$/.exec(value.replace(/^=\s*/, '')) ?? [];
      const wanted = act.facts[name];
      return field === undefined || wanted === undefined || Array.isArray(wanted) ? [] : [[field, wanted]];
    }),
  );

/** One answer with which no element does the act, if one answer decides; deeds that waive the act are ignored. */
export const answersAgainst = (models: readonly ProcessModel[], act: Act): Valuation =>
  new Map(
    elementsOf(models)
      .flatMap(({ deeds }) => deeds.filter(({ name }) => name === act.deed))
      .flatMap(({ facts }) => facts.filter(({ name }) => typeof act.facts[name] === 'boolean'))
      .flatMap(({ name, value }) =>
        namesIn(value)
          .flatMap((field) => [true, false].map((answer) => [field, answer] as const))
          .filter(([field, answer]) => knownValue(value, new Map([[field, answer]])) === !act.facts[name])
          .slice(0, 1),
      ),
  );

export const titleOf = ({ context }: Subject, deed: string): string =>
  context.vocabulary.deeds.find(({ name }) => name === deed)?.title ?? deed;

/** “回复来电人”. */
export const actsInWords = (subject: Subject, acts: readonly Act[]): string =>
  acts.map(({ deed }) => `“${titleOf(subject, deed)}”`).join('、');

export const rolesInWords = (roles: readonly string[], law: Law): string =>
  roles.map((role) => roleName(role, law) ?? role).join('、');

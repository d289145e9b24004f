/** The rules of a regulation's duties, indexed by the deeds that affect them. */
import type { CourseWords } from '../../accountability/course/index.js';
import {
  actsOf,
  type Act,
  type Catalogue,
  type DeedMeaning,
  type DutyRule,
  type Norm,
  type Vocabulary,
} from './model/index.js';

export interface Rule extends DutyRule {
  readonly norm: string;
  /** Norms that take its place after a deed. */
  readonly exceptions: readonly Exception[];
  readonly identity: Vocabulary['subjects'][number]['identity'];
}

export interface Exception {
  readonly norm: string;
  readonly when: Act;
  readonly from: Norm['from'];
}

export interface Rules extends CourseWords {
  /** Effects of the deed on the case, and the rules that it affects. */
  on(deed: string): {
    readonly effect: DeedMeaning['effect'];
    /** Of the deed's subject; null for a deed that the vocabulary lacks. */
    readonly identity: Rule['identity'] | null;
    readonly holders: Vocabulary['holders'];
    readonly reactions: readonly Rule[];
    /** Rules of which an exception takes the place after the deed. */
    readonly excepted: readonly Rule[];
  };
}

const made = new WeakMap<Catalogue, Rules>();

/** Built once per catalogue. */
export function rulesOf(catalogue: Catalogue): Rules {
  const known = made.get(catalogue);
  if (known) return known;
  const rules = catalogue.norms.flatMap((norm) => (norm.duty ? [ruleOf(norm, norm.duty, catalogue)] : []));
  const byDeed = new Map(
    catalogue.vocabulary.deeds.map(({ name, effect, subject }) => {
      const reactions = rules.filter((rule) => actsOf(rule).some(({ deed }) => deed === name));
      const excepted = rules.filter(({ exceptions }) => exceptions.some(({ when }) => when.deed === name));
      const holders = catalogue.vocabulary.holders.filter(({ when }) => when.deed === name);
      return [name, { effect, identity: identityOf(subject, catalogue), holders, reactions, excepted }];
    }),
  );
  const unheeded = { effect: null, identity: null, holders: [], reactions: [], excepted: [] };
  const { kind } = catalogue.measures;
  const arranged: Rules = { on: (deed) => byDeed.get(deed) ?? unheeded, kind };
  made.set(catalogue, arranged);
  return arranged;
}

const ruleOf = ({ id, modality }: Norm, duty: DutyRule, catalogue: Catalogue): Rule => ({
  ...duty,
  // Nobody violates what one only should do.
  ...(modality === 'should' ? { clock: null, broken: [] } : {}),
  norm: id,
  identity: identityOf(duty.subject, catalogue),
  exceptions: exceptionsOf(id, catalogue),
});

/** Norms that take the norm's place after a deed. */
export const exceptionsOf = (norm: string, { norms }: Catalogue): readonly Exception[] =>
  norms.flatMap(({ id, exceptionOf, when, from }) =>
    when && exceptionOf.includes(norm) ? [{ norm: id, when, from }] : [],
  );

const identityOf = (subject: string, { vocabulary }: Catalogue): Rule['identity'] =>
  vocabulary.subjects.find(({ key }) => key === subject)?.identity ?? 'case';

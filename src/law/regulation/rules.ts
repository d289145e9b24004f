/** The rules of a regulation's duties, indexed by the deeds that affect them. */
import type { CourseWords } from '../../accountability/course/index.js';
import { actsOf, type Catalogue, type DeedMeaning, type DutyRule, type Vocabulary } from './model/index.js';

export interface Rule extends DutyRule {
  readonly norm: string;
  readonly identity: Vocabulary['subjects'][number]['identity'];
}

export interface Rules extends CourseWords {
  /** Effects of the deed on the case, and the rules that it affects. */
  on(deed: string): {
    readonly effect: DeedMeaning['effect'];
    /** Of the deed's subject; null for a deed that the vocabulary lacks. */
    readonly identity: Rule['identity'] | null;
    readonly holders: Vocabulary['holders'];
    readonly reactions: readonly Rule[];
  };
}

const made = new WeakMap<Catalogue, Rules>();

/** Built once per catalogue. */
export function rulesOf(catalogue: Catalogue): Rules {
  const known = made.get(catalogue);
  if (known) return known;
  const rules = catalogue.norms.flatMap(({ id, duty }) => (duty ? [ruleOf(id, duty, catalogue)] : []));
  const byDeed = new Map(
    catalogue.vocabulary.deeds.map(({ name, effect, subject }) => {
      const reactions = rules.filter((rule) => actsOf(rule).some(({ deed }) => deed === name));
      const holders = catalogue.vocabulary.holders.filter(({ when }) => when.deed === name);
      return [name, { effect, identity: identityOf(subject, catalogue), holders, reactions }];
    }),
  );
  const unheeded = { effect: null, identity: null, holders: [], reactions: [] };
  const { kind } = catalogue.measures;
  const arranged: Rules = { on: (deed) => byDeed.get(deed) ?? unheeded, kind };
  made.set(catalogue, arranged);
  return arranged;
}

const ruleOf = (norm: string, duty: DutyRule, catalogue: Catalogue): Rule => ({
  ...duty,
  norm,
  identity: identityOf(duty.subject, catalogue),
});

const identityOf = (subject: string, { vocabulary }: Catalogue): Rule['identity'] =>
  vocabulary.subjects.find(({ key }) => key === subject)?.identity ?? 'case';

/**
 * Applies a version of the regulation to cases that another system recorded, with the interpreter
 * that judges our own cases. What a record cannot show is no violation: such norms get no verdict,
 * and the reason is given.
 */
import type { Law } from '../../../kernel/law.js';
import type { Act, Catalogue } from '../model/index.js';
import { lay, type LaidDuty } from './lay.js';
import { limitsBy, type LimitDeps } from './limits.js';
import type { Recorded, Shown } from './recorded.js';
import { looksOf, type Finding } from './unlawful.js';

export interface Judge {
  /** Norms without a verdict. */
  readonly left: readonly { readonly norm: string; readonly why: string }[];
  judge(recorded: Recorded): { readonly duties: readonly LaidDuty[]; readonly findings: readonly Finding[] };
}

export type JudgeDeps = LimitDeps & { readonly words: Law };

export function judgeUnder(law: Catalogue, shown: readonly Shown[], { words, ...deps }: JudgeDeps): Judge {
  const limits = limitsBy(law, deps);
  const look = looksOf(law, shown, words);
  const left = unjudged(law, shown);
  const without = new Set(left.map(({ norm }) => norm));
  return {
    left,
    judge: (recorded) => {
      const laid = lay(law, recorded, limits);
      return { duties: laid.duties.filter(({ norm }) => !without.has(norm)), findings: look(laid) };
    },
  };
}

function unjudged({ norms, vocabulary }: Catalogue, shown: readonly Shown[]): Judge['left'] {
  const shows = ({ deed, facts }: Act): boolean =>
    shown.some((one) => one.deed === deed && Object.keys(facts).every((fact) => one.facts.includes(fact)));
  const words = ({ deed, facts }: Act): string => {
    const title = vocabulary.deeds.find(({ name }) => name === deed)?.title ?? deed;
    return `“${title}”（${[deed, ...Object.keys(facts)].join(' ')}）`;
  };
  return norms.flatMap(({ id: norm, duty }) => {
    if (!duty) return [];
    if (!duty.opens.some(shows))
      return [{ norm, why: `日志里没有引起它的${duty.opens.map(words).join('、')}` }];
    const missing = duty.discharged
      .map((list) => list.filter((act) => !shows(act)))
      .sort((one, other) => one.length - other.length)[0];
    return missing?.length === 0
      ? []
      : [{ norm, why: `日志里没有履行它的${(missing ?? []).map(words).join('、')}` }];
  });
}

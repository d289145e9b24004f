/**
 * Which norms a log can be judged by. What it does not record cannot be told from what was not done: of such norms no
 * verdict is given, and the report says why.
 */
import type { Act, Catalogue } from '../law/regulation/index.js';
import type { Mapping } from './mapping.js';

export interface Judged {
  readonly norms: ReadonlySet<string>;
  readonly left: readonly { readonly norm: string; readonly why: string }[];
}

export function judgedBy({ norms, vocabulary }: Catalogue, mapping: Mapping): Judged {
  const mapped = Object.values(mapping.activities).flat();
  const shows = ({ deed, facts }: Act): boolean =>
    mapped.some((one) => one.deed === deed && Object.keys(facts).every((fact) => fact in one.facts));
  const titleOf = (name: string): string =>
    vocabulary.deeds.find((deed) => deed.name === name)?.title ?? name;
  const wordsOf = ({ deed, facts }: Act): string => {
    const needed = Object.keys(facts);
    return `“${titleOf(deed)}”(${[deed, ...needed].join(' ')})`;
  };
  const judged = new Set<string>();
  const left: { norm: string; why: string }[] = [];
  for (const { id, duty } of norms) {
    if (!duty) continue;
    if (!duty.opens.some(shows)) {
      left.push({ norm: id, why: `日志里没有引起它的${duty.opens.map(wordsOf).join('、')}` });
    } else if (!duty.discharged.some((list) => list.every(shows))) {
      const fewest = duty.discharged
        .map((list) => list.filter((act) => !shows(act)))
        .sort((one, other) => one.length - other.length)[0];
      left.push({ norm: id, why: `日志里没有履行它的${(fewest ?? []).map(wordsOf).join('、')}` });
    } else judged.add(id);
  }
  return { norms: judged, left };
}

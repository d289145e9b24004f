/** Describes a hypothesis in words of the package: the figures, the usual figures, and no reasons. */
import type { Share } from './statistics/tails.js';
import type { PatternKey } from './model/index.js';
import { radarRules, rulesOfPattern } from './rules.js';

interface Said extends Share {
  readonly pattern: PatternKey;
  readonly subject: string;
  readonly power: number;
}

export function sentenceOf({ pattern, subject, found, of, restFound, restOf, power }: Said): string {
  const { sentence, ...rules } = rulesOfPattern(radarRules(), pattern);
  const words: { readonly [name: string]: string } = {
    ...{ subject, found: String(found), of: String(of), all: String(found + restFound) },
    ...{ share: percent(found, of), restShare: percent(restFound, restOf), chance: chanceOf(power) },
    days: String(rules['withinDays'] ?? ''),
  };
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
}

/** Percentage, with one decimal below ten. */
function percent(found: number, of: number): string {
  if (of === 0) return '没有可比的';
  const share = (found * 100) / of;
  return `${share.toFixed(share < 10 ? 1 : 0)}%`;
}

const units = ['', '十', '百', '千', '万', '十万', '百万', '千万'];

/** Writes "one in ten to this power". */
export function chanceOf(power: number): string {
  const named = units[power];
  if (power < 1) return '不少见';
  return named === undefined ? '亿分之一' : `${named}分之一`;
}

/** Outcome of a scenario: its levels and duties in words, and how they differ from the version in force. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { levelNames } from '../../cases/replay/index.js';
import type { Duty } from '../../law/regulation/index.js';
import { catalogueOf, dutiesLived } from './duties-lived.js';
import type { RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';
import { levelsOf } from './unmet-expectations.js';

const states: { readonly [State in Duty['state']]: string } = {
  open: '还没有办',
  satisfied: '办到了',
  'temporarily-violated': '违反，还可以补救',
  'permanently-violated': '违反',
  compensated: '违反，已经补救',
};

/** In Asia/Shanghai, for people. */
export const minute = (at: Date): string => toShanghaiIso(at).slice(0, 16).replace('T', ' ');

/** Sentences: each level with its instant, each duty with its limit and final state. */
export function outcomeOf(
  { entries }: Pick<RehearsedCase, 'entries'>,
  stage: Pick<Stage, 'catalogueOn' | 'laws'>,
): readonly string[] {
  if (entries.length === 0) return [];
  const names = levelNames(stage.laws.today());
  const catalogue = catalogueOf(stage, entries);
  const levels = levelsOf(entries).map((line) => {
    const [level = '', at = ''] = line.split(' ');
    return `升级“${names.get(level) ?? level}” ${minute(new Date(at))}`;
  });
  const duties = dutiesLived(stage, entries).map(({ norm, round, due, state, violatedAt, unit }) => {
    const says = catalogue.norm(norm)?.says ?? norm;
    const parts = [
      states[state],
      ...(violatedAt ? [`${minute(violatedAt)} 起`] : []),
      ...(due ? [`期限 ${minute(due)}`] : []),
      ...(unit === null ? [] : [unit]),
    ];
    return `“${says}”（${norm}${round > 1 ? `，第 ${round} 轮` : ''}）：${parts.join('，')}`;
  });
  return [...levels, ...duties];
}

/** Empty if both outcomes are equal. */
export function differencesOf(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...without(before, after).map((line) => `现行：${line}`),
    ...without(after, before).map((line) => `草案：${line}`),
  ];
}

/** Lines that the other list lacks, or has fewer times. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

import type { Law, Light } from '../../kernel/law.js';

/** The last of the highest levels; unknown levels count least. */
export function highestLevel(given: readonly string[], law: Law): string | null {
  const levels = law.levels.map(({ key }) => key);
  return given.reduce<string | null>(
    (worst, level) => (worst === null || levels.indexOf(level) >= levels.indexOf(worst) ? level : worst),
    null,
  );
}

/** Levels missing in the regulation's data count as red, to be on the safe side. */
export const lightOf = (level: string | null, law: Law): Light =>
  level === null ? 'normal' : (law.levels.find(({ key }) => key === level)?.light ?? 'red');

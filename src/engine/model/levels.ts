import { law, type Light } from '../../kernel/law.js';

/** The last of the gravest; one that is not among them counts least. */
export function gravest(given: readonly string[]): string | null {
  const levels = law().levels.map(({ key }) => key);
  return given.reduce<string | null>(
    (worst, level) => (worst === null || levels.indexOf(level) >= levels.indexOf(worst) ? level : worst),
    null,
  );
}

/** Red for one that the regulation's data do not have: rather too loud. */
export const lightOf = (level: string | null): Light =>
  level === null ? 'normal' : (law().levels.find(({ key }) => key === level)?.light ?? 'red');

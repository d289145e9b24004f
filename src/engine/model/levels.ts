/** The levels of escalation that a diagram can name (`duty:level`), the mildest first. */
const levels = ['reminder', 'yellow', 'red', 'supervision', 'second-supervision', 'accountability'];

/** The last of the gravest; one that is not among them counts least. */
export function gravest(given: readonly string[]): string | null {
  return given.reduce<string | null>(
    (worst, level) => (worst === null || levels.indexOf(level) >= levels.indexOf(worst) ? level : worst),
    null,
  );
}

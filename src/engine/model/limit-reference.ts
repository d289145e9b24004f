/**
 * A timer's reference to the law: `= limit("reply")`, the limit of the clock as the case's law sets it, or
 * `= stricter(limit("reply"), "P4D")`, whichever of the two ends first. It is no FEEL. Runs in browsers.
 */
export interface LimitReference {
  /** A clock of the regulation. */
  readonly clock: string;
  /** ISO 8601, in the unit of the law's limit. */
  readonly stricter?: string;
}

const limit = String.raw`limit\(\s*"([a-z][a-z-]*)"\s*\)`;
const plain = new RegExp(String.raw`^=\s*${limit}$`);
const withStricter = new RegExp(String.raw`^=\s*stricter\(\s*${limit}\s*,\s*"([^"]*)"\s*\)$`);

/** Undefined if the text refers to no limit. */
export function limitReference(text: string): LimitReference | undefined {
  const [, clock, stricter] = plain.exec(text.trim()) ?? withStricter.exec(text.trim()) ?? [];
  if (clock === undefined) return undefined;
  return stricter === undefined ? { clock } : { clock, stricter };
}

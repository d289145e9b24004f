/** Judges whether a count is unusual compared with past weeks. Robust against one outlier week. */

export interface Rise {
  /** In hundredths. */
  readonly expected: number;
  readonly isUnusual: boolean;
}

/**
 * @param past counts of the same hours of past weeks, only completely counted ones
 * @param rule.least smaller counts are never unusual
 * @param rule.rarity unusual: by chance less than once in this many cases
 */
export function judgeRise(
  count: number,
  past: readonly number[],
  { least, rarity }: { readonly least: number; readonly rarity: number },
): Rise {
  const expected = expectedCount(past);
  const mean = Math.max(expected, floor);
  // At or below the mean the tail is about one half: no need to sum it.
  const isUnusual =
    count >= least && past.length >= fewestWeeks && count > mean && poissonTail(count, mean) * rarity <= 1;
  return { expected: Math.round(expected * 100), isUnusual };
}

/** Minimum for a comparison. */
const fewestWeeks = 3;
/** Lower bound of the mean: the first sheets of a new matter are not a rise. */
const floor = 0.25;

/**
 * The mean without the highest week, plus the deviation beyond chance: median deviation (MAD × 1.4826) in excess of a
 * Poisson process.
 */
function expectedCount(past: readonly number[]): number {
  if (past.length === 0) return 0;
  const rising = past.toSorted((one, other) => one - other);
  const kept = rising.length > 1 ? rising.slice(0, -1) : rising;
  const mean = kept.reduce((sum, one) => sum + one, 0) / kept.length;
  const centre = median(rising);
  const spread = 1.4826 * median(past.map((one) => Math.abs(one - centre)).toSorted((a, b) => a - b));
  return mean + Math.max(0, spread - Math.sqrt(mean));
}

function median(rising: readonly number[]): number {
  const half = Math.floor(rising.length / 2);
  const upper = rising[half] ?? 0;
  return rising.length % 2 === 1 ? upper : (upper + (rising[half - 1] ?? 0)) / 2;
}

/** P(X ≥ count) of a Poisson variable; summed from `count`, so that small tails are exact. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (count <= mean) return 1 - belowOf(count, mean);
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial(count));
  let sum = term;
  for (let next = count + 1; term > sum * 1e-12; next += 1) {
    term *= mean / next;
    sum += term;
  }
  return sum;
}

function belowOf(count: number, mean: number): number {
  let sum = 0;
  for (let one = 0; one < count; one += 1) sum += Math.exp(one * Math.log(mean) - mean - logFactorial(one));
  return sum;
}

function logFactorial(number: number): number {
  let sum = 0;
  for (let one = 2; one <= number; one += 1) sum += Math.log(one);
  return sum;
}

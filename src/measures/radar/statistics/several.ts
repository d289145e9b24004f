/**
 * Corrects for testing many subjects at once (Benjamini and Hochberg, JRSS B 57, 1995): of those
 * kept, at most the share `rate` are due to chance.
 *
 * @param tails natural logarithms of the chances
 * @param tests number tested, which exceeds the number of tails if only the rarest are at hand
 * @returns the largest logarithm that is kept; -Infinity if none is
 */
export function keptUpTo(tails: readonly number[], rate: number, tests = tails.length): number {
  const inTurn = [...tails].sort((one, other) => one - other);
  const kept = inTurn.filter((tail, index) => tail <= Math.log((rate * (index + 1)) / tests));
  return kept.at(-1) ?? -Infinity;
}

/** Exact tails of two distributions, as natural logarithms: a chance of one in 10^400 is still a number. Pure. */

/** ln n!, extended as needed. */
const factorials = [0];

function logFactorial(n: number): number {
  for (let next = factorials.length; next <= n; next += 1) {
    factorials.push((factorials[next - 1] ?? 0) + Math.log(next));
  }
  return factorials[n] ?? Number.NaN;
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** ln Σ e^x. */
function logSum(terms: readonly number[]): number {
  const most = terms.reduce((one, other) => Math.max(one, other), -Infinity);
  if (most === -Infinity) return -Infinity;
  return most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** ln P(X ≥ k) for X binomial with n trials of chance p. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 0;
  if (k > n || p <= 0) return -Infinity;
  if (p >= 1) return 0;
  const term = (x: number) => logChoose(n, x) + x * Math.log(p) + (n - x) * Math.log1p(-p);
  return Math.min(0, logSum(range(k, n).map(term)));
}

export interface Share {
  /** Count of the subject. */
  readonly found: number;
  readonly of: number;
  /** Count of everybody else. */
  readonly restFound: number;
  readonly restOf: number;
}

/**
 * ln P(X ≥ found), given all sums, if the subject's odds were `allowed` times those of everybody else: the one-sided
 * exact test of Fisher for an odds ratio (noncentral hypergeometric). With 1 it is the usual one.
 */
export function shareTail({ found, of, restFound, restOf }: Share, allowed: number): number {
  const all = found + restFound;
  const least = Math.max(0, all - restOf);
  const most = Math.min(of, all);
  const term = (x: number) => logChoose(of, x) + logChoose(restOf, all - x) + x * Math.log(allowed);
  const terms = range(least, most).map(term);
  return Math.min(0, logSum(terms.slice(found - least)) - logSum(terms));
}

/**
 * The library names every execution and message by `Math.random` and offers no way to name them otherwise. For
 * the length of one synchronous call its random numbers come from a counter, so that the same step gives the same
 * state on any machine, and a name tells how old it is.
 */
export function withCountedIds<T>(from: number, run: () => T): { readonly result: T; readonly used: number } {
  const { random } = Math;
  let used = from;
  // The library writes ten hexadecimal digits of the fraction. Below 16^9 the first is a zero, which tells these
  // names from the numbers of an instance's parts (see `positions.ts`).
  Math.random = () => ++used / 16 ** 10;
  try {
    return { result: run(), used };
  } finally {
    Math.random = random;
  }
}

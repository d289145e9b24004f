/**
 * The library names every execution and message by `Math.random`, with no option to change that.
 * During one synchronous call its random numbers come from a counter, so that the same step gives
 * the same state on any machine and names reveal their age.
 */
export function withCountedIds<T>(from: number, run: () => T): { readonly result: T; readonly used: number } {
  const { random } = Math;
  let used = from;
  // The library writes ten hexadecimal digits of the fraction. Below 16^9 the first is zero, which distinguishes these
  // names from the numbers of an instance's parts (`positions.ts`).
  Math.random = () => ++used / 16 ** 10;
  try {
    return { result: run(), used };
  } finally {
    Math.random = random;
  }
}

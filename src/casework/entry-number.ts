import type { Trail } from '../accountability/index.js';
import type { Answer } from '../engine/index.js';

/** Number of the last entry of that type which the command has written. @param answer of a batch of one command */
export function entryNumber(
  trail: Pick<Trail, 'numberOf'>,
  { file, entries = [] }: Answer,
  type: string,
): number {
  const last = trail.numberOf(file?.bookmark ?? null);
  return last - entries.length + 1 + entries.findLastIndex((entry) => entry.type === type);
}

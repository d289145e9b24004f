import type { Trail } from '../accountability/index.js';
import type { Answer } from '../engine/index.js';

/**
 * Number of the last entry of that type that the command wrote.
 *
 * @param answer of a batch of one command
 * @throws {Error} without such an entry
 */
export function entryNumber(
  trail: Pick<Trail, 'numberOf'>,
  { file, entries = [] }: Answer,
  type: string,
): number {
  const place = entries.findLastIndex((entry) => entry.type === type);
  if (!file || place < 0) throw new Error(`the command has written no ${type}`);
  return trail.numberOf(file.bookmark) - entries.length + 1 + place;
}

/** Computes the root from a leaf and its path. */
import { sha256Tree } from '../log/tree-hash.js';

/** RFC 9162, 2.1.3.2. @returns undefined if the path does not fit a tree of this size */
export function rootFromPath(
  leaf: Buffer,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly Buffer[] },
): Buffer | undefined {
  if (index >= size) return undefined;
  let [place, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (place % 2 === 1 || place === last) {
      hash = sha256Tree.node(sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = sha256Tree.node(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? hash : undefined;
}

const half = (number: number): number => Math.floor(number / 2);

/**
 * Verifies the tiles above the leaves: each hash must be the root of a complete tile below. Proofs
 * and checkpoints read their roots from these tiles, so the program would sign a wrong hash.
 */
import type { TreeHash } from '../log/tree-hash.js';
import { fold, tileWidth } from '../log/tree.js';

export interface UpperTiles {
  /** Adds a leaf: the hash in its tile, and the hash of its entry. */
  add(inTile: Buffer, ofEntry: Buffer): void;
  /** Tiles that hold a different hash. @param read returns a stored tile, empty if missing */
  wrong(
    read: (level: number, tile: number) => Promise<Buffer>,
  ): AsyncGenerator<{ readonly level: number; readonly tile: number }>;
}

interface Sum {
  /**
   * The root over the hashes of the tiles, and the root over those of the entries. Another check
   * reports where these differ.
   */
  readonly either: readonly [Buffer, Buffer];
}

/** Memory: 32 bytes for each complete tile of leaves. */
export function upperTiles(hash: TreeHash): UpperTiles {
  let [inTile, ofEntries]: [Buffer[], Buffer[]] = [[], []];
  const sums: Sum[] = [];
  const summed = (some: readonly Buffer[]): Buffer => fold(Buffer.concat(some), hash);
  return {
    add: (one, other) => {
      inTile.push(one);
      ofEntries.push(other);
      if (inTile.length < tileWidth) return;
      const first = summed(inTile);
      const second = ofEntries.every((leaf, at) => inTile[at]?.equals(leaf)) ? first : summed(ofEntries);
      sums.push({ either: [first, second] });
      [inTile, ofEntries] = [[], []];
    },
    async *wrong(read) {
      let row: readonly Sum[] = sums;
      for (let level = 1; row.length > 0; level += 1) {
        const above: Sum[] = [];
        for (let tile = 0; tile * tileWidth < row.length; tile += 1) {
          const some = row.slice(tile * tileWidth, (tile + 1) * tileWidth);
          const stored = await read(level, tile);
          const isRight = some.every(({ either }, at) => {
            const kept = stored.subarray(at * 32, at * 32 + 32);
            return either.some((one) => one.equals(kept));
          });
          if (!isRight) yield { level, tile };
          if (some.length === tileWidth)
            above.push({
              either: [
                summed(some.map(({ either }) => either[0])),
                summed(some.map(({ either }) => either[1])),
              ],
            });
        }
        row = above;
      }
    },
  };
}

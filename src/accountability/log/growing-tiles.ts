/** Appends leaves to the tree and returns the changed tiles. Keeps one unfinished tile per level. */
import { sha256Tree, type TreeHash } from './tree-hash.js';
import { fold, tileWidth, type ReadTile } from './tree.js';

export interface Tile {
  readonly level: number;
  readonly tile: number;
  /** At most 256 hashes of 32 bytes. */
  readonly hashes: Buffer;
}

export interface GrowingTiles {
  add(leaf: Buffer): void;
  /** Tiles changed since the last call, in their present state. */
  takeChanged(): Tile[];
}

/** Positions of the last, unfinished tiles of a tree of `size` leaves; empty ones are omitted. */
function edgeOf(size: number): { level: number; tile: number; count: number }[] {
  const edge = [];
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / tileWidth)) {
    const count = hashes % tileWidth;
    if (count > 0) edge.push({ level, tile: Math.floor(hashes / tileWidth), count });
  }
  return edge;
}

/** An existing tree of `size` leaves, ready to grow. */
export async function openTiles(
  size: number,
  read: ReadTile,
  hash: TreeHash = sha256Tree,
): Promise<GrowingTiles> {
  const edge = edgeOf(size).map(async ({ level, tile, count }) => ({
    level,
    tile,
    hashes: await read(level, tile, count),
  }));
  return growingTiles(size, await Promise.all(edge), hash);
}

/** @param edge tiles of `edgeOf(size)` */
export function growingTiles(size: number, edge: readonly Tile[], hash: TreeHash = sha256Tree): GrowingTiles {
  const open = new Map(
    edge.map(({ level, tile, hashes }) => [level, { tile, hashes: [hashes], count: hashes.length / 32 }]),
  );
  const changed = new Set<number>();
  const full: Tile[] = [];

  const add = (one: Buffer, level: number): void => {
    const current = open.get(level) ?? {
      tile: Math.floor(size / tileWidth ** (level + 1)),
      hashes: [],
      count: 0,
    };
    current.hashes.push(one);
    current.count += 1;
    if (current.count < tileWidth) {
      open.set(level, current);
      changed.add(level);
      return;
    }
    const hashes = Buffer.concat(current.hashes);
    full.push({ level, tile: current.tile, hashes });
    open.set(level, { tile: current.tile + 1, hashes: [], count: 0 });
    changed.delete(level);
    add(fold(hashes, hash), level + 1);
  };

  return {
    add: (leaf) => add(leaf, 0),
    takeChanged: () => {
      const tiles = full.splice(0);
      for (const level of changed) {
        const current = open.get(level);
        if (!current) continue;
        const hashes = Buffer.concat(current.hashes);
        current.hashes = [hashes];
        tiles.push({ level, tile: current.tile, hashes });
      }
      changed.clear();
      return tiles;
    },
  };
}

/**
 * Verifies the tree, leaf by leaf, against the entries and the signed roots. Where a tile and an entry differ, the signed
 * root says which of them is the original: an entry whose leaf leads to the root is genuine, and the tile is damaged.
 */
import type { TreeHash } from '../log/tree-hash.js';
import { tileWidth } from '../log/tree.js';
import type { TreeRow } from '../store/audit-store.js';
import type { ChainCheck } from './chains.js';
import type { Findings } from './finding.js';
import { growingPeaks } from './peaks.js';
import { upperTiles } from './upper-tiles.js';

export interface TreeCheck {
  add(row: TreeRow): Promise<void>;
  /** Call after the last row. */
  end(size: number): Promise<void>;
  /** Roots of the tree of the first n leaves, for the requested sizes. */
  readonly roots: ReadonlyMap<number, Buffer>;
}

interface Stranger {
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
  readonly leaf: string;
}

/**
 * @param wanted sizes whose roots are needed, each with the root that one of our checkpoints claims
 * for it, if any
 * @param read returns a stored tile, empty if missing
 */
export function checkTree(
  findings: Findings,
  chains: Pick<ChainCheck, 'missing' | 'replaced'>,
  wanted: ReadonlyMap<number, Buffer | undefined>,
  read: (level: number, tile: number) => Promise<Buffer>,
  hash: TreeHash,
): TreeCheck {
  const roots = new Map<number, Buffer>();
  /** Two running trees: one over the hashes in the tiles, one over the hashes of the entries. */
  const [ofTiles, ofEntries] = [growingPeaks(hash), growingPeaks(hash)];
  /** Entries whose leaf differs from the tile, with the leaf that the tile has. */
  const strangers: Stranger[] = [];
  const displaced = new Set<string>();
  /** Differences since the last signed size, which no signed root can decide yet. */
  let open: Stranger[] = [];
  const damaged = new Set<number>();
  const upper = upperTiles(hash);
  let tile: { readonly number: number; readonly hashes: Buffer } = { number: -1, hashes: Buffer.alloc(0) };

  const signedAt = async (index: number): Promise<Buffer | undefined> => {
    const number = Math.floor(index / tileWidth);
    if (tile.number !== number) tile = { number, hashes: await read(0, number) };
    const offset = (index % tileWidth) * 32;
    return tile.hashes.length >= offset + 32 ? tile.hashes.subarray(offset, offset + 32) : undefined;
  };

  const isDamaged = (index: number): void => {
    const number = Math.floor(index / tileWidth);
    if (damaged.has(number)) return;
    damaged.add(number);
    const first = number * tileWidth;
    findings.add(
      'tile-damaged',
      `哈希树第 0 层第 ${number} 片（全库第 ${first} 至 ${first + tileWidth - 1} 号）残缺或者被改：坏的是片，条目与签名的根相符`,
    );
  };

  const decide = (): void => {
    const claimed = wanted.get(ofTiles.size);
    const [tiles, entries] = [ofTiles.root(), ofEntries.root()];
    const isOfEntries = claimed !== undefined && !claimed.equals(tiles) && claimed.equals(entries);
    roots.set(ofTiles.size, isOfEntries ? entries : tiles);
    if (isOfEntries) {
      for (const { index } of open) isDamaged(index);
      ofTiles.become(ofEntries);
    } else if (claimed?.equals(tiles)) {
      strangers.push(...open);
      ofEntries.become(ofTiles);
    } else return;
    open = [];
  };

  const grow = (inTile: Buffer, ofEntry: Buffer): void => {
    upper.add(inTile, ofEntry);
    ofTiles.add(inTile);
    ofEntries.add(ofEntry);
    if (wanted.has(ofTiles.size)) decide();
  };

  const gone = async (until: number): Promise<void> => {
    while (ofTiles.size < until) {
      const signed = (await signedAt(ofTiles.size)) ?? Buffer.alloc(32);
      findings.add('case-cut', `全库第 ${ofTiles.size} 号的条目连同它的位置不见了`);
      grow(signed, signed);
    }
  };

  const add = async ({ index, stream, seq, leaf }: TreeRow): Promise<void> => {
    await gone(index);
    const signed = await signedAt(index);
    if (leaf === null) {
      if (!chains.missing.has(`${stream} ${seq}`))
        findings.add('case-cut', `${stream} 第 ${seq} 条已入树，条目却不见了：链尾被截去`, { stream });
    } else if (!signed) isDamaged(index);
    else if (!leaf.equals(signed)) {
      open.push({ index, stream, seq, leaf: leaf.toString('hex') });
      displaced.add(signed.toString('hex'));
    }
    grow(signed ?? leaf ?? Buffer.alloc(32), leaf ?? signed ?? Buffer.alloc(32));
  };

  const end = async (whole: number): Promise<void> => {
    // A number was assigned but the end of the tree is missing: everything from there on is gone.
    if (ofTiles.size < whole) findings.add('log-cut', `全库应有 ${whole} 条，只有 ${ofTiles.size} 条有位置`);
    else if (ofTiles.size > whole)
      findings.add('log-cut', `有位置的有 ${ofTiles.size} 条，全库的大小却写着 ${whole} 条：被改小了`);
    for (const { stream, seq, leaf } of [...strangers, ...open]) {
      const name = `${stream} 第 ${seq} 条`;
      if (displaced.has(leaf)) findings.add('reordered', `${name}在全库中的位置被调换`, { stream });
      else if (chains.replaced.has(`${stream} ${seq}`))
        findings.add('edited', `${name}不是当时入树的内容`, { stream });
      else findings.add('rechained', `${name}不是当时入树的内容，其后的链随之重算`, { stream });
    }
    for await (const { level, tile: number } of upper.wrong(read))
      findings.add('tile-damaged', `哈希树第 ${level} 层第 ${number} 片残缺或者被改：不是下一层各片算出的`);
  };

  return { add, end, roots };
}

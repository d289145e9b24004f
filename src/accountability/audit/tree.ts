/** Verifies the tree, leaf by leaf, against the entries and the signed roots. */
import type { TreeHash } from '../log/tree-hash.js';
import { tileWidth } from '../log/tree.js';
import type { TreeRow } from '../store/audit-store.js';
import type { ChainCheck } from './chains.js';
import type { Findings } from './finding.js';

export interface TreeCheck {
  add(row: TreeRow): Promise<void>;
  /** Call after the last row. */
  end(size: number): Promise<void>;
  /** Roots of the tree of the first n leaves, for the requested sizes. */
  readonly roots: ReadonlyMap<number, Buffer>;
}

/** @param sizes whose roots are wanted @param read a tile of level 0, empty if missing */
export function checkTree(
  findings: Findings,
  chains: Pick<ChainCheck, 'missing' | 'replaced'>,
  sizes: ReadonlySet<number>,
  read: (tile: number) => Promise<Buffer>,
  hash: TreeHash,
): TreeCheck {
  const roots = new Map<number, Buffer>();
  const peaks: { leaves: number; hash: Buffer }[] = [];
  /** Entries whose leaf is not the one at their place, and the leaves that belong there. */
  const strangers: { readonly stream: string; readonly seq: number; readonly leaf: string }[] = [];
  const displaced = new Set<string>();
  let size = 0;
  let tile: { readonly number: number; readonly hashes: Buffer } = { number: -1, hashes: Buffer.alloc(0) };

  const signedAt = async (index: number): Promise<Buffer | undefined> => {
    const number = Math.floor(index / tileWidth);
    if (tile.number !== number) tile = { number, hashes: await read(number) };
    const offset = (index % tileWidth) * 32;
    return tile.hashes.length >= offset + 32 ? tile.hashes.subarray(offset, offset + 32) : undefined;
  };

  const grow = (leaf: Buffer): void => {
    let grown = { leaves: 1, hash: leaf };
    for (let last = peaks.at(-1); last?.leaves === grown.leaves; last = peaks.at(-1)) {
      peaks.pop();
      grown = { leaves: last.leaves * 2, hash: hash.node(last.hash, grown.hash) };
    }
    peaks.push(grown);
    size += 1;
    if (sizes.has(size)) roots.set(size, rootOfPeaks(peaks, hash));
  };

  const gone = async (until: number): Promise<void> => {
    while (size < until) {
      const signed = await signedAt(size);
      findings.add('case-cut', `全库第 ${size} 号的条目连同它的位置不见了`);
      grow(signed ?? Buffer.alloc(32));
    }
  };

  const add = async ({ index, stream, seq, leaf }: TreeRow): Promise<void> => {
    await gone(index);
    const signed = await signedAt(index);
    if (leaf === null) {
      if (!chains.missing.has(`${stream} ${seq}`))
        findings.add('case-cut', `${stream} 第 ${seq} 条已入树,条目却不见了:链尾被截去`);
    } else if (signed && !leaf.equals(signed)) {
      strangers.push({ stream, seq, leaf: leaf.toString('hex') });
      displaced.add(signed.toString('hex'));
    }
    grow(signed ?? leaf ?? Buffer.alloc(32));
  };

  const end = async (whole: number): Promise<void> => {
    // A number was assigned but the end of the tree is missing: everything from there on is gone.
    if (size < whole) findings.add('log-cut', `全库应有 ${whole} 条,只有 ${size} 条有位置`);
    for (const { stream, seq, leaf } of strangers) {
      const name = `${stream} 第 ${seq} 条`;
      if (displaced.has(leaf)) findings.add('reordered', `${name}在全库中的位置被调换`);
      else if (chains.replaced.has(`${stream} ${seq}`)) findings.add('edited', `${name}不是当时入树的内容`);
      else findings.add('rechained', `${name}不是当时入树的内容,其后的链随之重算`);
    }
  };

  return { add, end, roots };
}

const rootOfPeaks = (peaks: readonly { readonly hash: Buffer }[], { node }: TreeHash): Buffer =>
  peaks.map(({ hash }) => hash).reduceRight((right, left) => node(left, right));

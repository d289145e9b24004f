/** A tree that grows leaf by leaf and keeps only the roots of its complete subtrees. */
import type { TreeHash } from '../log/tree-hash.js';

export interface GrowingPeaks {
  readonly size: number;
  add(leaf: Buffer): void;
  root(): Buffer;
  /** Takes over the state of another tree of the same size. */
  become(other: GrowingPeaks): void;
  readonly peaks: readonly Peak[];
}

interface Peak {
  readonly leaves: number;
  readonly hash: Buffer;
}

export function growingPeaks(hash: TreeHash): GrowingPeaks {
  let peaks: Peak[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    get peaks() {
      return peaks;
    },
    add: (leaf) => {
      let grown: Peak = { leaves: 1, hash: leaf };
      for (let last = peaks.at(-1); last?.leaves === grown.leaves; last = peaks.at(-1)) {
        peaks.pop();
        grown = { leaves: last.leaves * 2, hash: hash.node(last.hash, grown.hash) };
      }
      peaks.push(grown);
      size += 1;
    },
    root: () =>
      peaks.length === 0
        ? hash.empty()
        : peaks.map((one) => one.hash).reduceRight((right, left) => hash.node(left, right)),
    become: (other) => {
      peaks = [...other.peaks];
    },
  };
}

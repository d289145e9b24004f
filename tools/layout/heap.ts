/** Priority queue of the shortest-path search. */
import type { Point } from './route.js';

export interface Candidate extends Point {
  readonly direction: number;
  readonly cost: number;
  readonly rank: number;
  /** The cost of entering the target is included. */
  readonly settled?: boolean;
}

export class Heap {
  private readonly items: Candidate[] = [];

  push(item: Candidate): void {
    const items = this.items;
    let index = items.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if ((items[parent]?.rank ?? 0) <= item.rank) break;
      items[index] = items[parent] as Candidate;
      index = parent;
    }
    items[index] = item;
  }

  pop(): Candidate | undefined {
    const items = this.items;
    const top = items[0];
    const last = items.pop();
    if (!top || !last || items.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1]?.rank ?? 0) < (items[child]?.rank ?? 0)) child += 1;
      if ((items[child]?.rank ?? 0) >= last.rank) break;
      items[index] = items[child] as Candidate;
      index = child;
    }
    items[index] = last;
    return top;
  }
}

/** Verifies every chain from the stored bytes: gapless numbers, links to the preceding entry, plausible times. */
import type { ChainRow } from '../store/audit-store.js';
import { leafHash, origin, type Head } from '../trail/chain.js';
import type { Attack, Findings } from './finding.js';

/** A tree size that a witness saw, and when it saw it. */
export interface Seen {
  readonly size: number;
  readonly time: Date;
}

/**
 * Milliseconds of tolerated difference: a transaction may last a minute, and clocks differ. The
 * independent verifier uses the same value.
 */
const tolerance = 300_000;

export interface ChainCheck {
  add(row: ChainRow): void;
  readonly entries: number;
  readonly streams: number;
  /** Number of entries that have no place in the tree yet. */
  readonly pending: number;
  /** Number of entries that were recorded late and are marked as such. */
  readonly late: number;
  /** Entries, as `stream seq`, missing within their chain. */
  readonly missing: ReadonlySet<string>;
  /** Entries, as `stream seq`, that are not the ones the chain continues from. */
  readonly replaced: ReadonlySet<string>;
}

/** @param seen ascending by size */
export function checkChains(findings: Findings, seen: readonly Seen[]): ChainCheck {
  const missing = new Set<string>();
  const replaced = new Set<string>();
  let stream: string | undefined;
  let head: Head & { readonly index: number | null } = { ...origin, index: -1 };
  const counts = { entries: 0, streams: 0, pending: 0, late: 0 };

  const add = (row: ChainRow): void => {
    const found = (attack: Attack, detail: string): void =>
      findings.add(attack, detail, { stream: row.stream });
    counts.entries += 1;
    if (row.stream !== stream) {
      stream = row.stream;
      counts.streams += 1;
      head = { ...origin, index: -1 };
    }
    const name = `${row.stream} 第 ${row.seq} 条`;
    const leaf = leafHash(row.body);
    const body = parsed(row.body);
    for (let gone = head.seq + 1; gone < row.seq && missing.size < 1000; gone += 1) {
      missing.add(`${row.stream} ${gone}`);
      found('deleted', `${row.stream} 第 ${gone} 条不见了，其后是第 ${row.seq} 条`);
    }
    if (!leaf.equals(row.leaf)) {
      replaced.add(`${row.stream} ${row.seq}`);
      found('edited', `${name}的内容与其哈希不符`);
    } else if (body?.stream !== row.stream || body.seq !== row.seq) {
      found('reordered', `${name}自称是 ${body?.stream ?? '?'} 第 ${body?.seq ?? '?'} 条`);
    } else if (body.at !== row.at.toISOString() || body.type !== row.type) {
      found('edited', `${name}供查询的时刻、种类与条目不符`);
    }
    if (row.seq === head.seq + 1 && body && body.prev !== head.leaf.toString('hex')) {
      replaced.add(`${row.stream} ${head.seq}`);
      found('edited', `${name}所接的前一条已不是原来的那一条`);
    }
    if (row.index === null) {
      counts.pending += 1;
      if (row.passed) found('passed-over', `${name}没有入树，排号的界已越过它`);
    } else if (head.index === null || row.index <= head.index)
      found('reordered', `${name}在全库中的位置不在前一条之后`);
    if (row.index !== null && body) isLate(row, row.index, body, name);
    head = { seq: row.seq, leaf: row.leaf, index: row.index };
  };

  const isLate = (row: ChainRow, index: number, body: Body, name: string): void => {
    const last = seenBefore(seen, index);
    const isBefore = (time: number): boolean => last !== undefined && time < last.time.getTime() - tolerance;
    if (!isBefore(row.at.getTime())) return;
    if (body.recordedAt && !isBefore(Date.parse(body.recordedAt))) counts.late += 1;
    else
      findings.add(
        'inserted',
        `${name}自称 ${row.at.toISOString()}，见证人在 ${last?.time.toISOString() ?? ''} 联署时还没有它`,
        { stream: row.stream },
      );
  };

  return {
    add,
    missing,
    replaced,
    get entries() {
      return counts.entries;
    },
    get streams() {
      return counts.streams;
    },
    get pending() {
      return counts.pending;
    },
    get late() {
      return counts.late;
    },
  };
}

/** The last sighting whose size does not exceed the index. */
function seenBefore(seen: readonly Seen[], index: number): Seen | undefined {
  let [low, high] = [0, seen.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seen[middle]?.size ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return seen[low - 1];
}

interface Body {
  readonly stream?: string;
  readonly seq?: number;
  readonly prev?: string;
  readonly at?: string;
  readonly type?: string;
  readonly recordedAt?: string;
}

function parsed(bytes: Buffer): Body | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Verifies the chain of a stream from the stored bytes alone. */
import type { JsonObject } from '../../kernel/index.js';
import { parsed } from '../events/read-entry.js';
import { leafHash, origin } from './chain.js';

export interface StoredEntry {
  readonly seq: number;
  readonly leaf: Buffer;
  readonly body: Buffer;
}

export type ChainVerdict =
  | { readonly holds: true; readonly entries: number }
  | { readonly holds: false; readonly seq: number; readonly finding: string };

/**
 * @param entries all entries of the stream, ascending by `seq`
 * @param head the head table's statement, if checked: the last entry, or an earlier one that the sequencer has reached
 * @param onBody called with the content of every verified entry
 */
export function verifyChain<Stored extends StoredEntry>(
  stream: string,
  entries: readonly Stored[],
  head?: { readonly seq: number; readonly leaf: Buffer },
  onBody?: (body: JsonObject, entry: Stored) => void,
): ChainVerdict {
  let previous = origin;
  for (const entry of entries) {
    const broken = (finding: string): ChainVerdict => ({ holds: false, seq: entry.seq, finding });
    if (entry.seq !== previous.seq + 1) {
      return broken(`第 ${previous.seq + 1} 条缺失，其后直接是第 ${entry.seq} 条（条目被删除或调换）`);
    }
    const leaf = leafHash(entry.body);
    if (!leaf.equals(entry.leaf)) return broken(`第 ${entry.seq} 条的内容与其哈希不符（内容被改动）`);
    const said = parsed(entry.body.toString('utf8'));
    if (said === undefined) return broken(`第 ${entry.seq} 条不是合法的 JSON`);
    const body: { readonly [name: string]: unknown } = said;
    if (body.stream !== stream || body.seq !== entry.seq) {
      return broken(
        `第 ${entry.seq} 条自称是 ${String(body.stream)} 的第 ${String(body.seq)} 条（条目被挪动）`,
      );
    }
    if (body.prev !== previous.leaf.toString('hex')) {
      return broken(`第 ${entry.seq} 条所接的前一条哈希不符（前一条被换过）`);
    }
    if (entry.seq === head?.seq && !leaf.equals(head.leaf)) {
      return broken(`链头记的第 ${head.seq} 条不是现在这一条（条目被换过或链头被改）`);
    }
    onBody?.(said, entry);
    previous = { seq: entry.seq, leaf };
  }
  if (head && head.seq > previous.seq) {
    return {
      holds: false,
      seq: previous.seq,
      finding: `链头记到第 ${head.seq} 条，条目只到第 ${previous.seq} 条（尾部被截断或链头被改）`,
    };
  }
  return { holds: true, entries: entries.length };
}

/** Recomputes the chain of a stream from the stored bytes alone. */
import type { JsonObject } from '../../kernel/index.js';
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
 * @param entries all entries of the stream by rising `seq`
 * @param head what the head table says, if asked for: the last entry, or one before it that the sequencer has come to
 * @param onBody told of every entry what it says, once it is found sound
 */
export function verifyChain(
  stream: string,
  entries: readonly StoredEntry[],
  head?: { readonly seq: number; readonly leaf: Buffer },
  onBody?: (body: JsonObject) => void,
): ChainVerdict {
  let previous = origin;
  for (const entry of entries) {
    const broken = (finding: string): ChainVerdict => ({ holds: false, seq: entry.seq, finding });
    if (entry.seq !== previous.seq + 1) {
      return broken(`第 ${previous.seq + 1} 条缺失,其后直接是第 ${entry.seq} 条(条目被删除或调换)`);
    }
    const leaf = leafHash(entry.body);
    if (!leaf.equals(entry.leaf)) return broken(`第 ${entry.seq} 条的内容与其哈希不符(内容被改动)`);
    const body = parsed(entry.body);
    if (body === undefined) return broken(`第 ${entry.seq} 条不是合法的 JSON`);
    if (body.stream !== stream || body.seq !== entry.seq) {
      return broken(
        `第 ${entry.seq} 条自称是 ${String(body.stream)} 的第 ${String(body.seq)} 条(条目被挪动)`,
      );
    }
    if (body.prev !== previous.leaf.toString('hex')) {
      return broken(`第 ${entry.seq} 条所接的前一条哈希不符(前一条被换过)`);
    }
    if (entry.seq === head?.seq && !leaf.equals(head.leaf)) {
      return broken(`链头记的第 ${head.seq} 条不是现在这一条(条目被换过或链头被改)`);
    }
    onBody?.(body as JsonObject);
    previous = { seq: entry.seq, leaf };
  }
  if (head && head.seq > previous.seq) {
    return {
      holds: false,
      seq: previous.seq,
      finding: `链头记到第 ${head.seq} 条,条目只到第 ${previous.seq} 条(尾部被截断或链头被改)`,
    };
  }
  return { holds: true, entries: entries.length };
}

function parsed(bytes: Buffer): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null
      ? (value as { readonly [name: string]: unknown })
      : undefined;
  } catch {
    return undefined;
  }
}

/** Sealed texts, against the salted digests in their entries. What was erased is missing, as it may be. */
import { comparison, heldTexts, sealedTable as table, type Difference } from '../../accountability/index.js';
import type { Vault } from '../../kernel/index.js';

type Digests = Map<string, string>;

const keyOf = (seq: number, name: string): string => `${seq} ${name}`;

export const textsHeld = (vault: Vault) =>
  comparison<Digests>({
    tables: [table],
    reads: () => true,
    takes: () => true,
    begin: () => new Map(),
    add: (digests, entry) => {
      for (const [name, digest] of Object.entries(entry.digests)) digests.set(keyOf(entry.seq, name), digest);
      return digests;
    },
    compare: async (transaction, ended) => {
      const rows = await heldTexts(transaction, vault, [...ended.keys()]);
      return rows.flatMap(({ stream, seq, name, digest }): Difference[] => {
        const row = `${stream} 第 ${seq} 条 ${name}`;
        const should = ended.get(stream)?.get(keyOf(seq, name));
        if (should === undefined) return [{ table, row, detail: '是多出来的' }];
        if (should === digest) return [];
        const detail = digest === undefined ? '密文打不开:换过、挪过,或者不是密文' : '不是那一条所记的';
        return [{ table, row, detail, since: { stream, seq } }];
      });
    },
  });

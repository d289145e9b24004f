/**
 * Compares sealed texts with the salted digests in their entries. An entry must record the erasure
 * of a missing text: one of the same case, otherwise one of `retention`.
 */
import type { Vault } from '../../kernel/index.js';
import { erasedBefore } from '../store/erased-before.js';
import { openText } from '../store/open-text.js';
import { projection, type Difference } from './projection.js';

interface Sealed {
  readonly texts: Map<string, { readonly seq: number; readonly digest: string; readonly at: Date }>;
  readonly isCase: boolean;
  /** Texts of entries before this number were erased. */
  erased: number;
}

const table = 'sealed_value';
const keyOf = (seq: number, name: string): string => `${seq} ${name}`;

/** @param keptElsewhere names of digests whose texts are in other tables */
export const sealedTexts = (vault: Vault, keptElsewhere: ReadonlySet<string>) =>
  projection<Sealed>({
    tables: [table],
    reads: () => true,
    takes: () => true,
    begin: () => ({ texts: new Map(), isCase: false, erased: 0 }),
    add: (sealed, { type, seq, at, digests }) => {
      for (const [name, digest] of Object.entries(digests))
        sealed.texts.set(keyOf(seq, name), { seq, digest, at });
      if (type === 'texts.erased') sealed.erased = seq;
      return type === 'instance.started' ? { ...sealed, isCase: true } : sealed;
    },
    compare: async (transaction, ended) => {
      const rows = await transaction.query<{ stream: string; seq: number; name: string; box: Buffer }>(
        'SELECT stream, seq, name, box FROM sealed_value WHERE stream = ANY ($1) ORDER BY stream, seq, name',
        [[...ended.keys()]],
      );
      const before = await erasedBefore(transaction, 'reasons');
      const there = new Set(rows.map(({ stream, seq, name }) => `${stream} ${keyOf(seq, name)}`));
      const changed = rows.flatMap(({ stream, seq, name, box }): Difference[] => {
        const row = `${stream} 第 ${seq} 条 ${name}`;
        const should = ended.get(stream)?.texts.get(keyOf(seq, name));
        if (should === undefined) return [{ table, row, detail: '是多出来的' }];
        const { digest } = openText(vault, [stream, seq, name], box);
        if (should.digest === digest) return [];
        const detail = digest === undefined ? '密文打不开：换过、挪过，或者不是密文' : '不是那一条所记的';
        return [{ table, row, detail, since: { stream, seq } }];
      });
      const gone = [...ended].flatMap(([stream, { texts, isCase, erased }]) =>
        [...texts].flatMap(([key, { seq, at }]): Difference[] => {
          const name = key.slice(key.indexOf(' ') + 1);
          if (there.has(`${stream} ${key}`) || keptElsewhere.has(name)) return [];
          if (isCase ? seq < erased : before !== undefined && at < before) return [];
          const row = `${stream} 第 ${seq} 条 ${name}`;
          return [{ table, row, detail: '不见了，没有清除它的条目', since: { stream, seq } }];
        }),
      );
      return [...changed, ...gone];
    },
  });

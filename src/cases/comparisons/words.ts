/** What the citizen said, against the digests in the sheet's first entry and in that of its latest correction. */
import { comparison, type Difference } from '../../accountability/index.js';
import {
  alteredWords,
  sheetsWithoutTrail,
  sheetTable as table,
  wordNames,
  wordRows,
  wordSeals,
} from '../../sheet/index.js';

interface Recorded {
  readonly digests: { readonly [name: string]: string };
  readonly seq: number;
}

export const wordsComparison = comparison<Recorded | undefined>({
  tables: [table],
  reads: () => true,
  takes: (type) => type === 'instance.started' || type === 'sheet.corrected',
  begin: () => undefined,
  add: (recorded, { seq, digests }) =>
    wordSeals.every((name) => name in digests) ? { digests, seq } : recorded,
  compare: async (transaction, ended) => {
    const sheets = [...ended].flatMap(([no, recorded]) => (recorded ? [[no, recorded] as const] : []));
    const rows = new Map(
      (
        await wordRows(
          transaction,
          sheets.map(([no]) => no),
        )
      ).map((row) => [row.no, row]),
    );
    return sheets.flatMap(([no, { digests, seq }]): Difference[] => {
      const row = rows.get(no);
      const since = { stream: no, seq };
      if (!row) return [{ table, row: no, detail: '这一行不见了', since }];
      const altered = alteredWords(row, row.salt, digests).map((name) => wordNames[name]);
      if (altered.length === 0) return [];
      return [{ table, row: no, detail: `${altered.join('、')}不是轨迹所记的`, since }];
    });
  },
  strays: async (transaction) =>
    (await sheetsWithoutTrail(transaction)).map((no) => ({
      table,
      row: no,
      detail: '是多出来的',
    })),
});

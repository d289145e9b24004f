/** Who has looked at callers' data, against the entries of their streams. Rows expire with the retention rules. */
import {
  comparison,
  comparedReads,
  readTable as table,
  type Difference,
} from '../../accountability/index.js';

type Reads = Map<number, string>;

export const readsComparison = comparison<Reads>({
  tables: [table],
  reads: (stream) => stream.startsWith('reads:'),
  takes: (type) => type === 'caller.revealed',
  begin: () => new Map(),
  add: (reads, entry) => {
    if (entry.type === 'caller.revealed') reads.set(entry.seq, entry.body.case);
    return reads;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedReads(transaction, [...ended.keys()]);
    return rows.flatMap(({ stream, seq, workOrder }): Difference[] => {
      const row = `${stream} 第 ${seq} 条`;
      const should = ended.get(stream)?.get(seq);
      if (should === undefined) return [{ table, row, detail: '是多出来的' }];
      if (should === workOrder) return [];
      return [{ table, row, detail: `工单现在是 ${workOrder},应为 ${should}`, since: { stream, seq } }];
    });
  },
});

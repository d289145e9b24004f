/** Cases, tasks and deadlines, against the digest of the state that each step has left. */
import { comparison } from '../../accountability/index.js';
import { caseTables, differingCases, strayCases, type Placing } from '../../engine/index.js';

interface Left {
  state?: string;
  seq: number;
}

export const casesComparison = (placing: Placing) =>
  comparison<Left>({
    tables: caseTables,
    reads: () => true,
    takes: () => true,
    begin: () => ({ seq: 0 }),
    add: (left, { state, seq }) => (state === undefined ? left : { state, seq }),
    compare: async (transaction, ended) => {
      const states = new Map(
        [...ended].flatMap(([no, { state }]) => (state === undefined ? [] : [[no, state] as const])),
      );
      const differences = await differingCases(transaction, states, placing);
      return differences.map((one) => ({
        ...one,
        since: { stream: one.row, seq: ended.get(one.row)?.seq ?? 0 },
      }));
    },
    strays: strayCases,
  });

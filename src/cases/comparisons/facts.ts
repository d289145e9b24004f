/** What counts for the assessment and its sums, against what the trail says counts. */
import { comparison } from '../../accountability/index.js';
import { differingFacts, differingSums, factTable, sumTables } from '../../measures/assessment/index.js';
import type { Catalogues } from '../../law/regulation/index.js';

export const factsComparison = (catalogues: Catalogues) =>
  comparison<boolean>({
    tables: [factTable, ...sumTables],
    reads: () => true,
    takes: (type) => type === 'instance.started',
    begin: () => false,
    add: () => true,
    compare: async (transaction, ended) => {
      const cases = [...ended].flatMap(([stream, begun]) => (begun ? [stream] : []));
      const found = await differingFacts(transaction, cases, catalogues);
      return found.map(([row, detail]) => ({
        table: factTable,
        row,
        detail,
        since: { stream: row, seq: 1 },
      }));
    },
    strays: differingSums,
  });

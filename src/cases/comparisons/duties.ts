/** Duties of each case, against what the interpreter reads in its trail. */
import { comparison } from '../../accountability/index.js';
import { differingDuties, dutyTable as table, type Catalogues } from '../../law/regulation/index.js';

/** Whether the stream is a case's. */
type Begun = boolean;

export const dutiesComparison = (catalogues: Catalogues) =>
  comparison<Begun>({
    tables: [table],
    reads: () => true,
    takes: (type) => type === 'instance.started',
    begin: () => false,
    add: () => true,
    compare: async (transaction, ended) => {
      const cases = [...ended].flatMap(([stream, begun]) => (begun ? [stream] : []));
      const found = await differingDuties(transaction, cases, catalogues);
      return found.map(([row, detail]) => ({ table, row, detail, since: { stream: row, seq: 1 } }));
    },
  });

import { projection } from '../../accountability/index.js';
import { differingDuties } from './follow-duties.js';
import type { Catalogues } from './in-force.js';

/** Compares each case's stored duties with those that the interpreter derives from its trail. */
export const dutiesProjection = (catalogues: Catalogues) =>
  projection<boolean>({
    tables: ['case_duty'],
    reads: () => true,
    takes: (type) => type === 'instance.started',
    begin: () => false,
    add: () => true,
    compare: async (transaction, ended) => {
      const cases = [...ended].flatMap(([stream, begun]) => (begun ? [stream] : []));
      const found = await differingDuties(transaction, cases, catalogues);
      return found.map(([row, detail]) => ({
        ...{ table: 'case_duty', row, detail, since: { stream: row, seq: 1 } },
      }));
    },
  });

import { cityCount, measures } from '../../measures/assessment/index.js';
import { anything } from '../../engine/index.js';
import { inForceFor } from '../provisions.js';
import { countOf } from '../variables.js';
import { countsIn } from './run.js';
import { declares } from '../declares.js';

const produces = {
  does: '从各单位的数汇总全市每月公开的数据。',
  reads: 'counts received',
  writes: { publication: anything },
};

export const preparePublication = declares(produces, ({ variables, laws }) => {
  const law = inForceFor(laws);
  const counts = countsIn(variables, law);
  const summed = measures(law)
    .filter(({ key }) => Object.values(counts).some((unit) => unit[key]))
    .map(({ key, label }) => [key, { label, ...cityCount(counts, key) }] as const);
  const received = countOf(variables, 'received');
  const accepted = { label: '受理', met: received, of: received };
  return { variables: { publication: { accepted, ...Object.fromEntries(summed) } } };
});

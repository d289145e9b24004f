import { measures, type Count, type MeasureKey } from '../../assessment/index.js';
import type { Handler } from '../../engine/index.js';
import { countOf } from '../variables.js';
import { countsIn } from './run.js';

/**
 * Art 33: the monthly publication, from the same counts, city-wide and without any name but those of the measures.
 * Writes `publication`:
 * `{ [measure]: { label, met, of } }`; how many were accepted is `received`, whosever they became.
 */
export const preparePublication: Handler = ({ variables }) => {
  const units = Object.values(countsIn(variables));
  const sumOf = (key: MeasureKey, part: keyof Count): number =>
    units.reduce((sum, counts) => sum + (counts[key]?.[part] ?? 0), 0);
  const summed = measures
    .filter(({ key }) => units.some((counts) => counts[key]))
    .map(({ key, label }) => [key, { label, met: sumOf(key, 'met'), of: sumOf(key, 'of') }] as const);
  const received = countOf(variables, 'received');
  const accepted = { label: '受理', met: received, of: received };
  return { variables: { publication: { accepted, ...Object.fromEntries(summed) } } };
};

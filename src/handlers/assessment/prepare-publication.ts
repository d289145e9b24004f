import type { Handler } from '../../engine/index.js';
import { countsOf } from './figures.js';
import { methodOf } from './method.js';

/**
 * Art 33: the monthly publication, from the same counts, city-wide and without any name but those of the
 * indicators. Writes `publication`: `{ [indicator]: { label, met, of } }`.
 */
export const preparePublication: Handler = ({ variables }) => {
  const units = Object.values(countsOf(variables));
  const indicators = methodOf(variables)?.indicators ?? [];
  const publication = Object.fromEntries(
    indicators.map(({ key, label }) => [
      key,
      {
        label,
        met: units.reduce((sum, counts) => sum + (counts[key]?.met ?? 0), 0),
        of: units.reduce((sum, counts) => sum + (counts[key]?.of ?? 0), 0),
      },
    ]),
  );
  return { variables: { publication } };
};

/** Finds purposes that cite another article than their norm's: refusals and screens would cite the wrong one. */
import type { Purpose } from '../../../kernel/law.js';
import { mayStandAt, provisionLabel } from '../../../law/regulation/index.js';
import { normInWords, placeIn, type LintRule } from './rule.js';

export const purposes: LintRule = ({ catalogue, law }) =>
  Object.entries(law.norms).flatMap(([key, ids]) => {
    const standing = law.purposes[key as Purpose];
    if (standing === undefined) return [];
    const cited = 'provisions' in standing ? standing.provisions : standing;
    const norms = catalogue.norms.filter(({ id }) => ids.includes(id));
    if (cited.length === 0 || norms.some((norm) => cited.some((place) => mayStandAt(norm, place)))) return [];
    return [
      {
        where: placeIn(catalogue, `purposes.json purposes.${key}`),
        what: `依据写${cited.map(provisionLabel).join('、')}，它的义务却是 ${norms.map(normInWords).join('、')}：拒绝、页面都会引错条文`,
        fix: `改成${norms
          .flatMap(({ provisions }) => provisions)
          .map((place) => `${place}（${provisionLabel(place)}）`)
          .join('或者 ')}，或者改 norms.${key}`,
      },
    ];
  });

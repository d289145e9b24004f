/**
 * A bearer that can do no discharging deed: the register charges somebody who can never fulfil. What
 * is to be kept up ends by another's deed; there the bearer's own deeds are the evidence.
 */
import { bearerTitle } from '../../../law/regulation/index.js';
import { roleName } from '../../../kernel/role-name.js';
import { deedTitle, normInWords, placeIn, type LintRule } from './rule.js';

export const bearers: LintRule = ({ catalogue, law, access }) =>
  catalogue.norms.flatMap((norm) => {
    const { id, duty, kind, evidence } = norm;
    if (!duty || duty.discharged.length === 0) return [];
    const names = new Set(duty.discharged.flat().map(({ deed }) => deed));
    if (kind === 'maintenance') for (const deed of evidence.deeds) names.add(deed);
    const deeds = catalogue.vocabulary.deeds.filter(({ name }) => names.has(name));
    // Without performers, the program does it for whoever owes it, or the caller does it.
    if (deeds.some(({ by }) => by.length === 0)) return [];
    const able = new Set(deeds.flatMap(({ by }) => by));
    return norm.bearers
      .filter((bearer) => !access.dutiesOfBearer(bearer).some((role) => able.has(role)))
      .map((bearer) => ({
        where: placeIn(catalogue, id),
        what: `${normInWords(norm)}由${bearerTitle(bearer, law)}承担，履行它的行为（${deeds
          .map(({ name }) => deedTitle(catalogue, name))
          .join('、')}）却只由${[...able].map((role) => roleName(role, law) ?? role).join('、')}做`,
        fix: '照条文改正 bearers 或者 discharged；岗位本来属于这一方的，在 roles.json 那个岗位的 bearers 里写上',
      }));
  });

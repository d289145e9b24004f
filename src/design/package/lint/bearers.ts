/**
 * Finds duties whose bearer can do none of the deeds that discharge them: the register would charge
 * somebody who can never fulfil the duty. Another's deed ends a duty to keep something up; there the
 * deeds of the evidence count as the bearer's.
 */
import { bearerTitle } from '../../../law/regulation/index.js';
import { roleName } from '../../../kernel/role-name.js';
import { deedTitle } from '../../compliance/index.js';
import { normInWords, placeIn, type LintRule } from './rule.js';

export const bearers: LintRule = ({ catalogue, law, access }) =>
  catalogue.norms.flatMap((norm) => {
    const { id, duty, kind, evidence } = norm;
    if (!duty || duty.discharged.length === 0) return [];
    const names = new Set(duty.discharged.flat().map(({ deed }) => deed));
    if (kind === 'maintenance') for (const deed of evidence.deeds) names.add(deed);
    const deeds = catalogue.vocabulary.deeds.filter(({ name }) => names.has(name));
    // A deed without roles is done by the program for the bearer, or by the caller.
    if (deeds.some(({ by }) => by.length === 0)) return [];
    const able = new Set(deeds.flatMap(({ by }) => by));
    return norm.bearers
      .filter((bearer) => !access.dutiesOfBearer(bearer).some((role) => able.has(role)))
      .map((bearer) => ({
        where: placeIn(catalogue, id),
        what: `${normInWords(norm)}由${bearerTitle(bearer, law)}承担，履行它的行为（${deeds
          .map(({ name }) => deedTitle(catalogue.vocabulary, name))
          .join('、')}）却只由${[...able].map((role) => roleName(role, law) ?? role).join('、')}做`,
        fix: '照条文改正 bearers 或者 discharged；岗位本来属于这一方的，在 roles.json 那个岗位的 bearers 里写上',
      }));
  });

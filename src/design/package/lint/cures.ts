/**
 * Finds remedies without a ground: `madeGood` names a norm that `compensatedBy` lacks, or
 * `compensatedBy` names a proceeding and no ground for which it heals the violation.
 */
import type { Catalogue, Norm } from '../../../law/regulation/index.js';
import { groundFact } from '../../../law/regulation/index.js';
import { normInWords, placeIn, type LintRule } from './rule.js';

export const cures: LintRule = ({ catalogue }) =>
  catalogue.norms.flatMap((norm) => {
    const { id, duty, compensatedBy } = norm;
    if (!duty) return [];
    const healing = new Set(duty.madeGood.map(({ by }) => by));
    const mayBeViolated = duty.clock !== null || duty.broken.length > 0;
    const healsNothing = compensatedBy.filter(
      (by) => mayBeViolated && !healing.has(by) && hasGrounds(catalogue, catalogue.norm(by)),
    );
    return [
      ...[...healing]
        .filter((by) => !compensatedBy.includes(by))
        .map((by) => ({
          where: placeIn(catalogue, `${id} madeGood`),
          what: `${normInWords(norm)}的违反由 ${by} 补救，compensatedBy 却没有它：没有依据`,
          fix: `条文规定由它补救的，在 compensatedBy 里写上 ${by}；没有规定的，删去 madeGood`,
        })),
      ...healsNothing.map((by) => ({
        where: placeIn(catalogue, `${id} compensatedBy`),
        what: `${normInWords(norm)}写明由 ${by} 补救，madeGood 却没有写哪些事由（${groundFact}）补救它：违反永远补救不了`,
        fix: `在 madeGood 里写 { "by": "${by}", "when": { "deed": "…", "facts": { "${groundFact}": ["artN.pM.iK"] } } }；不补救的，从 compensatedBy 去掉`,
      })),
    ];
  });

/** Whether the norm's proceeding is brought on a ground. */
const hasGrounds = ({ vocabulary }: Catalogue, norm: Norm | undefined): boolean =>
  (norm?.duty?.discharged ?? [])
    .flat()
    .some(({ deed }) => vocabulary.deeds.some(({ name, facts }) => name === deed && groundFact in facts));

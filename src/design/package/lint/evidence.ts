/**
 * Finds evidence that proves no discharge: a person's deed discharges the duty, but the forms that
 * prove the norm belong to other deeds. Duties to keep something up are left out.
 */
import { deedTitle } from '../../compliance/index.js';
import { normInWords, placeIn, type LintRule } from './rule.js';

export const evidence: LintRule = ({ catalogue }) =>
  catalogue.norms.flatMap((norm) => {
    const { id, kind, duty } = norm;
    const proving = norm.evidence.deeds;
    const discharging = new Set((duty?.discharged ?? []).flat().map(({ deed }) => deed));
    const isPersons = catalogue.vocabulary.deeds.some(
      ({ name, by }) => discharging.has(name) && by.length > 0,
    );
    if (kind === 'maintenance' || !isPersons || proving.length === 0) return [];
    if (proving.some((deed) => discharging.has(deed))) return [];
    const titles = (deeds: Iterable<string>): string =>
      [...deeds].map((deed) => `“${deedTitle(catalogue.vocabulary, deed)}”`).join('、');
    return [
      {
        where: placeIn(catalogue, `${id} evidence.deeds`),
        what: `${normInWords(norm)}的凭据出自${titles(proving)}，履行它的却是${titles(discharging)}：凭据证明不了履行`,
        fix: '在 evidence.deeds 里写履行它的行为，在 fields 里写那张表单的栏目；或者把作凭据的行为写进 discharged',
      },
    ];
  });

/** Finds norms that bind ("shall") but have neither a duty nor a reason why no case owes them. */
import { normInWords, placeIn, type LintRule } from './rule.js';

export const unowed: LintRule = ({ catalogue }) =>
  catalogue.norms
    .filter(
      (norm) => norm.enforceable && norm.modality === 'shall' && norm.duty === null && norm.unowed === null,
    )
    .map((norm) => ({
      where: placeIn(catalogue, norm.id),
      what: `${normInWords(norm)}是“应当”，却没有义务（duty）：没有做也没有人违反`,
      fix: '写明什么引起它、什么履行它（docs/duties.md）；没有一件工单欠它的，在 unowed 里写明为什么',
    }));

/** Finds clocks that no timer measures: their limits never pass, so nobody is reminded or escalated. */
import { normInWords, placeIn, type LintRule } from './rule.js';

export const clocks: LintRule = ({ catalogue, diagrams }) => {
  const timed = new Set(
    [...diagrams.values()].flatMap(({ elements }) =>
      elements.flatMap(({ clock, countedFrom }) => (clock !== null && countedFrom !== null ? [clock] : [])),
    ),
  );
  return catalogue.vocabulary.clocks
    .filter(({ key }) => !timed.has(key))
    .map(({ key, title }) => {
      const limited = catalogue.norms.filter(({ duty }) => duty?.clock === key);
      const whose = limited.length > 0 ? `，${limited.map(normInWords).join('、')}永远不会超期` : '';
      return {
        where: placeIn(catalogue, `deeds.json clocks ${key}`),
        what: `期限“${title}”（${key}）没有一个计时事件${whose}`,
        fix: `在做这件事的环节上画计时事件，写 = limit("${key}")，或者 duty:clock="${key}" 和时长；不要的，从 clocks 里删去`,
      };
    });
};

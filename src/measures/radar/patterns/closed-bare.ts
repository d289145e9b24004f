/** Finds answers given shortly before the limit, without any photograph or document of the handling. */
import { numberOf } from '../rules.js';
import { tallying, hour } from './pattern.js';
import { isNearLimit, roundsOf } from './rounds.js';

export const closedBare = tallying('closed-bare', (tally, own) => {
  const near = numberOf(own, 'nearHours') * hour;
  return {
    sheet: (facts) => {
      for (const { unit, answer } of roundsOf(facts)) {
        if (!answer) continue;
        tally.of('unit', unit);
        const bare = !facts.steps.some(({ attached, seq }) => attached && seq < answer.seq);
        if (bare && isNearLimit(answer, near)) {
          tally.found('unit', unit, { stream: facts.no, seq: answer.seq });
        }
      }
    },
  };
});

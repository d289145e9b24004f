/** Finds follow-up calls of one person that report nearly everybody satisfied. */
import { tallying } from './pattern.js';

export const alwaysSatisfied = tallying('always-satisfied', (tally) => ({
  sheet: ({ no, steps }) => {
    for (const { seq, actor, does } of steps) {
      if (!does.has('called-back')) continue;
      tally.of('person', actor);
      if (does.has('satisfied')) tally.found('person', actor, { stream: no, seq });
    }
  },
}));

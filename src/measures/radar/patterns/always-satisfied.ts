/** Finds follow-up calls of one person that report nearly everybody satisfied. */
import { createTally, type Pattern } from './pattern.js';

export const alwaysSatisfied: Pattern = {
  key: 'always-satisfied',
  watch: (own, rules) => {
    const tally = createTally(own, rules);
    return {
      sheet: ({ no, steps }) => {
        for (const { seq, actor, does } of steps) {
          if (!does.has('called-back')) continue;
          tally.of('person', actor);
          if (does.has('satisfied')) tally.found('person', actor, { stream: no, seq });
        }
      },
      rows: () => ({ rows: tally.rows() }),
    };
  },
};

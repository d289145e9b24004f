/** Finds extension habits: rounds of a unit in which it asked for an extension. */
import { tallying } from './pattern.js';
import { roundsOf } from './rounds.js';

export const extensions = tallying('extensions', (tally) => ({
  sheet: (facts) => {
    for (const { unit, steps } of roundsOf(facts)) {
      tally.of('unit', unit);
      const asked = steps.find(({ does }) => does.has('extension-asked'));
      if (asked) tally.found('unit', unit, { stream: facts.no, seq: asked.seq });
    }
  },
}));

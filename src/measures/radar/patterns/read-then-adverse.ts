/** Finds people who look at a caller's data, after which within days the matter is withdrawn, refused or referred. */
import type { Read } from '../facts.js';
import { numberOf } from '../rules.js';
import { tallying, day } from './pattern.js';

export const readThenAdverse = tallying('read-then-adverse', (tally, own) => {
  const within = numberOf(own, 'withinDays') * day;
  const adverse = new Map<string, readonly Date[]>();
  const reads: Read[] = [];
  return {
    sheet: ({ no, steps }) => {
      const instants = steps.filter(({ does }) => does.has('adverse')).map(({ at }) => at);
      if (instants.length > 0) adverse.set(no, instants);
    },
    read: (one) => void reads.push(one),
    ended: () => {
      for (const { actor, at, sheet, stream, seq } of reads) {
        tally.of('person', actor);
        const after = (adverse.get(sheet) ?? []).some(
          (one) => one > at && one.getTime() - at.getTime() <= within,
        );
        if (after) tally.found('person', actor, { stream, seq });
      }
    },
  };
});

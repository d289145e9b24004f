/** Finds callers recorded as satisfied who come back within a week with the same kind of matter. */
import type { Place } from '../facts.js';
import { numberOf } from '../rules.js';
import { tallying, day } from './pattern.js';
import { roundsOf } from './rounds.js';

interface Satisfied extends Place {
  readonly at: Date;
  readonly unit: string;
  readonly about: string;
}

export const satisfiedAgain = tallying('satisfied-again', (tally, own) => {
  const within = numberOf(own, 'withinDays') * day;
  const calls = new Map<string, Date[]>();
  const satisfied: Satisfied[] = [];
  return {
    sheet: (facts) => {
      const { no, caller, area, receivedAt, steps } = facts;
      // Without contact or class the caller and the matter cannot be recognised.
      if (caller === undefined || area === '') return;
      const about = `${caller} ${area}`;
      const known = calls.get(about);
      if (known) known.push(receivedAt);
      else calls.set(about, [receivedAt]);
      const unit = roundsOf(facts).at(-1)?.unit ?? '';
      for (const { does, at, seq } of steps) {
        if (does.has('satisfied')) satisfied.push({ stream: no, seq, at, unit, about });
      }
    },
    ended: () => {
      for (const { at, unit, about, ...place } of satisfied) {
        tally.of('unit', unit);
        const again = (calls.get(about) ?? []).some(
          (call) => call > at && call.getTime() - at.getTime() <= within,
        );
        if (again) tally.found('unit', unit, place);
      }
    },
  };
});

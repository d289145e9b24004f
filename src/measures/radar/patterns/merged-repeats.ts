/**
 * Finds sheets merged into one of the same caller that had already been answered, so that a
 * repeated complaint no longer shows as one: by the person who merged, and by the unit that had
 * answered.
 */
import type { Place } from '../facts.js';
import { tallying } from './pattern.js';
import { roundsOf } from './rounds.js';

interface Merge extends Place {
  readonly at: Date;
  readonly actor: string;
  readonly caller: string | undefined;
  readonly lead: string;
}

export const mergedRepeats = tallying('merged-repeats', (tally) => {
  const merges: Merge[] = [];
  const leads = new Map<string, { caller: string | undefined; unit: string; answered: Date | undefined }>();
  return {
    sheet: (facts) => {
      const rounds = roundsOf(facts);
      leads.set(facts.no, {
        caller: facts.caller,
        unit: rounds.at(-1)?.unit ?? '',
        answered: rounds.find(({ answer }) => answer)?.answer?.at,
      });
      for (const { mergedInto: lead, at, actor, seq } of facts.steps) {
        if (lead !== undefined) merges.push({ stream: facts.no, seq, at, actor, caller: facts.caller, lead });
      }
    },
    ended: () => {
      for (const { at, actor, caller, lead, ...place } of merges) {
        const into = leads.get(lead);
        const repeats =
          into?.answered !== undefined &&
          into.answered < at &&
          caller !== undefined &&
          into.caller === caller;
        for (const [kind, name] of [
          ['person', actor],
          ['unit', into?.unit ?? ''],
        ] as const) {
          tally.of(kind, name);
          if (repeats) tally.found(kind, name, place);
        }
      }
    },
  };
});

/**
 * Finds records written afterwards: nothing for a day, then receipt, handling and answer within
 * minutes; or people's steps recorded a day after they allegedly happened.
 */
import { numberOf } from '../rules.js';
import { tallying, hour, minute } from './pattern.js';
import { roundsOf, type Round } from './rounds.js';

export const writtenLate = tallying('written-late', (tally, own) => {
  const [idle, late] = [numberOf(own, 'idleHours') * hour, numberOf(own, 'lateHours') * hour];
  const within = numberOf(own, 'withinMinutes') * minute;
  const isLate = ({ handed, steps, answer }: Round): boolean => {
    const own = steps.filter(({ actor }) => actor !== '');
    if (own.some(({ at, recordedAt }) => recordedAt.getTime() - at.getTime() >= late)) return true;
    const received = own.find(({ does }) => does.has('received'));
    if (!received || !answer) return false;
    const began = received.recordedAt.getTime();
    return began - handed.recordedAt.getTime() >= idle && answer.recordedAt.getTime() - began <= within;
  };
  return {
    sheet: (facts) => {
      for (const round of roundsOf(facts)) {
        if (!round.answer) continue;
        tally.of('unit', round.unit);
        if (isLate(round)) tally.found('unit', round.unit, { stream: facts.no, seq: round.answer.seq });
      }
    },
  };
});

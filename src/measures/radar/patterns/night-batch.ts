/** Finds many sheets signed by one person within minutes, at night, compared with how often others do so. */
import { civilDateOf, dayNumberOf, startOfDay } from '../../../kernel/civil-date.js';
import type { Place } from '../facts.js';
import { numberOf } from '../rules.js';
import { tallying, hour, minute } from './pattern.js';

interface Signed extends Place {
  readonly at: number;
}

export const nightBatch = tallying('night-batch', (tally, own) => {
  const [from, to] = [numberOf(own, 'from'), numberOf(own, 'to')];
  const [batch, within] = [numberOf(own, 'batch'), numberOf(own, 'withinMinutes') * minute];
  const nights = new Map<string, Signed[]>();
  /** By the clock of Shanghai, around midnight. */
  const isNight = (at: Date): boolean => {
    const hours = (at.getTime() - startOfDay(dayNumberOf(civilDateOf(at))).getTime()) / hour;
    return hours >= from || hours < to;
  };
  return {
    sheet: ({ no, steps }) => {
      for (const { actor, does, recordedAt, seq } of steps) {
        if (!does.has('signed') || actor === '') continue;
        tally.of('person', actor);
        if (!isNight(recordedAt)) continue;
        const signed = { stream: no, seq, at: recordedAt.getTime() };
        const known = nights.get(actor);
        if (known) known.push(signed);
        else nights.set(actor, [signed]);
      }
    },
    ended: () => {
      for (const [person, signed] of nights) {
        for (const { stream, seq } of inBatches(signed, batch, within)) {
          tally.found('person', person, { stream, seq });
        }
      }
    },
  };
});

/** Signatures in some period of `within` milliseconds that has at least `batch` different sheets. */
function inBatches(signed: readonly Signed[], batch: number, within: number): readonly Signed[] {
  const inTurn = [...signed].sort((one, other) => one.at - other.at);
  const inside = new Set<Signed>();
  let start = 0;
  for (const [end, last] of inTurn.entries()) {
    while (last.at - (inTurn[start]?.at ?? last.at) > within) start += 1;
    const stretch = inTurn.slice(start, end + 1);
    if (new Set(stretch.map(({ stream }) => stream)).size < batch) continue;
    for (const one of stretch) inside.add(one);
  }
  return [...inside];
}

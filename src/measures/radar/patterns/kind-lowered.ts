/**
 * Finds complaints and reports whose kind was changed to a lighter one: by the unit that held them
 * or, before any unit held them, by the person who changed it.
 */
import { tallying } from './pattern.js';

export const kindLowered = tallying('kind-lowered', (tally, _own, rules) => {
  const weight = (kind: string): number => rules.kinds[kind] ?? 0;
  return {
    sheet: ({ no, kind, steps }) => {
      const lowered = steps.find((step) => step.kind && weight(step.kind.to) < weight(step.kind.from));
      const heaviest = Math.max(weight(kind), ...steps.map((step) => weight(step.kind?.from ?? kind)));
      if (heaviest < rules.weighty) return;
      const units = new Set(steps.flatMap(({ handedTo }) => handedTo ?? []));
      for (const unit of units) tally.of('unit', unit);
      const before = steps.filter(({ unit }) => unit === '');
      for (const person of new Set(before.map(({ actor }) => actor))) tally.of('person', person);
      if (!lowered) return;
      const place = { stream: no, seq: lowered.seq };
      if (units.has(lowered.unit)) tally.found('unit', lowered.unit, place);
      if (lowered.unit === '') tally.found('person', lowered.actor, place);
    },
  };
});

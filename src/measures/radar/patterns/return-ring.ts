/**
 * Finds sheets that units return in a ring: a sheet comes back to a unit that had returned it, by
 * way of another, or three units have returned it. One ring is not rare, but several among the same
 * units are: the expectation is that rings involve units by their share of all returns.
 */
import type { Place, SheetFacts } from '../facts.js';
import { binomialTail } from '../statistics/tails.js';
import type { Pattern, Row } from './pattern.js';

const separator = '、';

export const returnRing: Pattern = {
  key: 'return-ring',
  watch: (_own, { mostEntries }) => {
    const rings = new Map<string, Place[]>();
    const returns = new Map<string, number>();
    return {
      sheet: (facts) => {
        for (const { unit, does } of facts.steps) {
          if (does.has('returned') && unit !== '') returns.set(unit, (returns.get(unit) ?? 0) + 1);
        }
        const ring = ringIn(facts);
        if (!ring) return;
        const known = rings.get(ring.units);
        if (known) known.push(ring.place);
        else rings.set(ring.units, [ring.place]);
      },
      rows: () => {
        const all = [...returns.values()].reduce((sum, one) => sum + one, 0);
        const sheets = [...rings.values()].reduce((sum, one) => sum + one.length, 0);
        const rows = [...rings].map(([name, places]): Row => {
          const units = name.split(separator);
          const chance = units.reduce(
            (product, unit, index) => product * (index + 1) * ((returns.get(unit) ?? 0) / all),
            1,
          );
          return {
            ...{ subject: { kind: 'units', name }, found: places.length, of: places.length },
            ...{ restFound: sheets - places.length, restOf: sheets - places.length },
            tail: binomialTail(places.length, sheets, Math.min(1, chance)),
            entries: places.slice(0, mostEntries),
          };
        });
        // Any group of that many units could have formed a ring.
        const sizes = new Set(rows.map(({ subject }) => subject.name.split(separator).length));
        const groups = [...sizes].reduce((sum, size) => sum + choose(returns.size, size), 0);
        return { rows, tests: Math.max(rows.length, groups) };
      },
    };
  },
};

function ringIn({ no, steps }: SheetFacts): { readonly units: string; readonly place: Place } | undefined {
  const returned = steps.filter(({ does, unit }) => does.has('returned') && unit !== '');
  const units = [...new Set(returned.map(({ unit }) => unit))];
  const back = returned.some(({ unit, seq }, index) => {
    const others = returned.slice(index + 1).find((later) => later.unit !== unit);
    return others && steps.some(({ handedTo, seq: at }) => handedTo === unit && at > others.seq && at > seq);
  });
  const last = returned.at(-1);
  if (!last || units.length < 2 || (!back && units.length < 3)) return undefined;
  return { units: units.sort().join(separator), place: { stream: no, seq: last.seq } };
}

const choose = (n: number, k: number): number =>
  Array.from({ length: k }, (_, index) => (n - index) / (index + 1)).reduce(
    (product, one) => product * one,
    1,
  );

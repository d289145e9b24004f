/**
 * Computes the assessment of past cases under two laws: the facts of each real trail and of the
 * replayed trail, counted by the method in force. Measures that no limit decides come out the same,
 * because whether a caller was content or a matter was returned is what people did. Of merged
 * sheets only the leading one counts where the method counts them once. Facts that do not come from
 * sheets (the knowledge base) are not counted.
 */
import {
  countsOf,
  factsOf,
  figuresOf,
  leadIn,
  type Counts,
  type MethodContent,
  type Tally,
} from '../../measures/assessment/index.js';
import type { Catalogue, ComparisonReport, DutyEntry, RatesUnderBoth } from '../../law/regulation/index.js';
import type { Law } from '../../kernel/law.js';

interface Lived {
  readonly no: string;
  readonly trail: readonly DutyEntry[];
  readonly relived: readonly DutyEntry[];
}

type Sums = Map<string, { -readonly [Key in keyof Tally]: Tally[Key] }>;
const newSums = (): Sums => new Map();

export function ratesUnderBoth(
  laws: { readonly before: Catalogue; readonly after: Catalogue },
  method: MethodContent,
  today: Law,
): {
  /** @param isExcluded whether a ruling excluded the fact */
  readonly add: (lived: Lived, isExcluded: (measure: string, opened: number) => boolean) => void;
  readonly told: () => Pick<ComparisonReport['assessed'], 'indicators' | 'units'>;
} {
  const [was, is] = [newSums(), newSums()];
  const count = (
    sums: Sums,
    { no, law, trail }: { readonly no: string; readonly law: Catalogue; readonly trail: Lived['trail'] },
    isExcluded: (measure: string, opened: number) => boolean,
  ): void => {
    const leadAt = leadIn(no, trail);
    for (const { measure, opened, period, unit, kind, met } of factsOf(law, trail)) {
      if (isExcluded(measure, opened)) continue;
      if (method.mergedOnce.includes(measure) && leadAt(period) !== '') continue;
      const key = [unit, measure, kind].join('\n');
      const sum = sums.get(key) ?? { period, unit, measure, kind, met: 0, of: 0 };
      sum.met += Number(met);
      sum.of += 1;
      sums.set(key, sum);
    }
  };
  return {
    add: ({ no, trail, relived }, isExcluded) => {
      count(was, { no, law: laws.before, trail }, isExcluded);
      count(is, { no, law: laws.after, trail: relived }, isExcluded);
    },
    told: () =>
      differing(
        method,
        countsOf([...was.values()], [], method, today),
        countsOf([...is.values()], [], method, today),
        today,
      ),
  };
}

/** Units and indicators whose figures differ, the whole city first. */
function differing(
  method: MethodContent,
  before: Counts,
  after: Counts,
  today: Law,
): Pick<ComparisonReport['assessed'], 'indicators' | 'units'> {
  const [was, is] = [before, after].map((counts) => ratesOf(method, counts, today));
  const units = [...new Set([whole, ...Object.keys(before), ...Object.keys(after)])].map(
    (unit): RatesUnderBoth => ({
      unit: unit === whole ? null : unit,
      before: was?.get(unit) ?? {},
      after: is?.get(unit) ?? {},
    }),
  );
  const differs = ({ before: one, after: other }: RatesUnderBoth, key: string): boolean =>
    (one[key] ?? null) !== (other[key] ?? null);
  const indicators = method.indicators.filter(({ key }) => units.some((unit) => differs(unit, key)));
  return {
    indicators: indicators.map(({ key, label }) => ({ key, label })),
    units: units.filter((unit) => indicators.some(({ key }) => differs(unit, key))),
  };
}

/** The empty name stands for the whole city, since no unit has an empty name. */
const whole = '';

const ratesOf = (method: MethodContent, counts: Counts, today: Law) =>
  new Map(
    figuresOf(method, { ...counts, [whole]: sumOf(counts) }, () => null, today).map(({ unit, rates }) => [
      unit,
      rates,
    ]),
  );

function sumOf(counts: Counts): Counts[string] {
  const all: { [measure: string]: { met: number; of: number } } = {};
  for (const [measure, { met, of }] of Object.values(counts).flatMap(
    (one) => Object.entries(one) as [string, { met: number; of: number }][],
  )) {
    const sum = (all[measure] ??= { met: 0, of: 0 });
    sum.met += met;
    sum.of += of;
  }
  return all;
}

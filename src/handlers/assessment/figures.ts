import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { objectOf } from '../variables.js';
import type { Indicator, Method } from './method.js';

/** How many sheets an indicator counts for a unit: those that meet it, of all that it concerns. */
export interface Count {
  readonly met: number;
  readonly of: number;
}

/** Counts by unit and indicator, taken from the sheets' trail by whoever closes the period (Art 22). */
export type Counts = { readonly [unit: string]: { readonly [indicator: string]: Count } };

export function countsOf(variables: JsonObject): Counts {
  return Object.fromEntries(
    Object.entries(objectOf(variables, 'counts')).map(([unit, indicators]) => [
      unit,
      Object.fromEntries(
        Object.entries(isJsonObject(indicators) ? indicators : {}).map(([key, value]) => [
          key,
          countOf(value),
        ]),
      ),
    ]),
  );
}

function countOf(value: unknown): Count {
  const { met, of } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Count>;
  return { met: Number.isSafeInteger(met) ? (met ?? 0) : 0, of: Number.isSafeInteger(of) ? (of ?? 0) : 0 };
}

/** Hundredths of a percent. Nothing to count is nothing to reproach. */
function rateOf({ better }: Indicator, count: Count | undefined): number {
  if (!count || count.of <= 0) return better === 'higher' ? 10_000 : 0;
  return Math.round((10_000 * count.met) / count.of);
}

/** What follows from the counts under a method: `figures` by unit, and the units to be told to mend (`poorUnits`). */
export function figuresOf(method: Method, counts: Counts): JsonObject {
  const units = Object.keys(counts).sort();
  const figures = units.map((unit) => {
    const rates = method.indicators.map(
      (indicator) => [indicator.key, rateOf(indicator, counts[unit]?.[indicator.key])] as const,
    );
    const score = method.indicators.reduce((sum, { weight, better }, index) => {
      const rate = rates[index]?.[1] ?? 0;
      return sum + weight * (better === 'higher' ? rate : 10_000 - rate);
    }, 0);
    return { unit, rates: Object.fromEntries(rates), score: Math.round(score / 100) };
  });
  const poor = figures.filter(
    ({ rates, score }) =>
      score < method.poorBelow || (rates.satisfaction ?? 10_000) < method.satisfactionBelow,
  );
  return { figures, poorUnits: poor.map(({ unit }) => unit) };
}

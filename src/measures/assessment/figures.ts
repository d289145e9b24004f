/** Computes rates, scores and ranks from counts. Pure, integers only. */
import type { JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { evaluate } from './method.js';
import {
  measureKeys,
  type Count,
  type Indicator,
  type MeasureKey,
  type MethodContent,
} from './model/index.js';

export type Counts = { readonly [unit: string]: { readonly [measure in MeasureKey]?: Count } };

export interface Figures {
  readonly unit: string;
  /** Key of the unit's group; null for none. */
  readonly group: string | null;
  /** Hundredths of a percent; null without data. */
  readonly rates: { readonly [indicator: string]: number | null };
  /** Hundredths of a point, of 10,000. */
  readonly score: number;
  /** Rank within the group, 1 is best; equal scores share a rank. Null without a group. */
  readonly rank: number | null;
  /** Units whose results lead to rectification. */
  readonly poor: boolean;
}

export type GroupOf = (unit: string) => string | null;

/** Units are sorted by code points, so that the order is the same on every machine. */
export function figuresOf(method: MethodContent, counts: Counts, groupOf: GroupOf, law: Law): Figures[] {
  const units = Object.keys(counts).sort();
  const scored = units.map((unit) => {
    const rates = Object.fromEntries(
      method.indicators.map((indicator) => [indicator.key, rateOf(indicator, counts[unit] ?? {}, law)]),
    );
    const points = method.indicators.reduce(
      (sum, indicator) => sum + indicator.weight * goodness(indicator, rates[indicator.key] ?? null),
      0,
    );
    const score = Math.round(points / 100);
    return { unit, group: groupOf(unit), rates, score, poor: isPoor(method, rates, score) };
  });
  return scored.map((one) => ({
    ...one,
    rank:
      one.group === null
        ? null
        : 1 + scored.filter((other) => other.group === one.group && other.score > one.score).length,
  }));
}

/**
 * Hundredths of a percent, half up. Division may yield slightly less than an exact half; for counts up to ten million
 * no other quotient is as close to a half as the amount added here.
 */
function rateOf({ formula }: Indicator, counts: Counts[string], law: Law): number | null {
  const variables = Object.fromEntries(
    measureKeys(law).map((key) => [key, { met: counts[key]?.met ?? 0, of: counts[key]?.of ?? 0 }]),
  );
  const value = evaluate(formula, variables);
  if (typeof value !== 'number') return null;
  return Math.min(10_000, Math.max(0, Math.floor(value * 10_000 + 0.5 + 1e-8)));
}

/** Hundredths of a percent, half up; null without data. */
export const rateOfCount = ({ met, of }: Count): number | null =>
  of === 0 ? null : Math.floor((20_000 * met + of) / (2 * of));

/** Without data the result counts as perfect. */
const goodness = ({ better }: Indicator, rate: number | null): number =>
  rate === null ? 10_000 : better === 'higher' ? rate : 10_000 - rate;

function isPoor({ poor, indicators }: MethodContent, rates: Figures['rates'], score: number): boolean {
  const best = (one: Indicator): number => (one.better === 'higher' ? 10_000 : 0);
  const known: JsonObject = {
    score,
    ...Object.fromEntries(indicators.map((one) => [one.key, rates[one.key] ?? best(one)])),
  };
  return evaluate(poor, known) === true;
}

/** The first group that names the unit, else the first group of its kind. */
export function groupIn({ groups }: MethodContent, unit: string, kind: string | undefined): string | null {
  const named = groups.find(({ units }) => units.includes(unit));
  const ofKind = groups.find(({ unitKinds }) => (unitKinds as readonly string[]).includes(kind ?? ''));
  return (named ?? ofKind)?.key ?? null;
}

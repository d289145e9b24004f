/** Dispatch to a unit: a table of rules; the first match decides. */
import { z } from 'zod';
import { dispatchBases, kinds } from '../kernel/kinds.js';
import { listedKey } from '../kernel/listed-key.js';

const word = z.string().trim().min(1).max(100);

/** An omitted condition matches everything. */
const dispatchRule = z.strictObject({
  /** Code of a class; also matches everything below it. */
  class: z.string().trim().min(1).max(500).nullish(),
  /** One of the package's kinds. */
  kind: listedKey('类别', kinds).nullish(),
  /** 属地: the district's name. */
  district: word.nullish(),
  /** 行业: the trade of the class. */
  trade: word.nullish(),
  /** The lead unit: one. */
  unit: word,
  supporting: z.array(word).max(20).default([]),
  /** By what it is dispatched. */
  basis: listedKey('转办依据', dispatchBases),
});
export type DispatchRule = z.output<typeof dispatchRule>;
export const dispatchRules = z.array(dispatchRule).max(5000);

/** Input of the rules: neither text nor persons. */
export interface Matter {
  /** Codes from the first level down; empty if not classified. */
  readonly path: readonly string[];
  readonly trade: string | null;
  readonly kind: string | null;
  readonly district: string | null;
}

export interface Dispatch {
  /** Counted from 1, as shown on screen. */
  readonly row: number;
  readonly rule: DispatchRule;
}

/** The first matching rule, or undefined: a person decides. */
export function dispatchOf(rules: readonly DispatchRule[], matter: Matter): Dispatch | undefined {
  const index = rules.findIndex((rule) => fits(rule, matter));
  const rule = rules[index];
  return rule && { row: index + 1, rule };
}

function fits(rule: DispatchRule, { path, trade, kind, district }: Matter): boolean {
  const same = (wanted: string | null | undefined, given: string | null): boolean =>
    !wanted || wanted === given;
  return (
    (!rule.class || path.includes(rule.class)) &&
    same(rule.kind, kind) &&
    same(rule.district, district) &&
    same(rule.trade, trade)
  );
}

/**
 * Rules that never decide because an earlier one always matches.
 *
 * @param isBelow whether the first code equals the second or is below it
 */
export function shadowedRules(
  rules: readonly DispatchRule[],
  isBelow: (code: string, above: string) => boolean,
): { readonly row: number; readonly by: number }[] {
  const covers = (wide: DispatchRule, narrow: DispatchRule): boolean =>
    (!wide.class || (!!narrow.class && isBelow(narrow.class, wide.class))) &&
    (['kind', 'district', 'trade'] as const).every((name) => !wide[name] || wide[name] === narrow[name]);
  return rules.flatMap((rule, index) => {
    const by = rules.slice(0, index).findIndex((earlier) => covers(earlier, rule));
    return by === -1 ? [] : [{ row: index + 1, by: by + 1 }];
  });
}

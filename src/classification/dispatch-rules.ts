/** Which unit a matter goes to (Art 23 (2)): a table of rules, the first that fits decides. */
import { z } from 'zod';

const word = z.string().trim().min(1).max(100);

/** A condition that is left out fits everything. */
const dispatchRule = z.strictObject({
  /** A kind of the tree by code; it fits everything below, too. */
  class: z.string().trim().min(1).max(500).nullish(),
  /** One of the five of Art 3. */
  kind: z.enum(['consultation', 'help', 'suggestion', 'complaint', 'report']).nullish(),
  /** 属地: the district by name. */
  district: word.nullish(),
  /** 行业: the trade that the tree gives the kind. */
  trade: word.nullish(),
  /** The unit that leads (Art 29: one). */
  unit: word,
  /** Those that cooperate. */
  supporting: z.array(word).max(20).default([]),
  /** 职责, 属地 or 行业管理. */
  basis: z.enum(['duty', 'territory', 'trade']),
});
export type DispatchRule = z.output<typeof dispatchRule>;
export const dispatchRules = z.array(dispatchRule).max(5000);

/** What the rules look at. No text and no person. */
export interface Matter {
  /** Codes from the first level down; empty where no kind is known yet. */
  readonly path: readonly string[];
  readonly trade: string | null;
  readonly kind: string | null;
  readonly district: string | null;
}

export interface Dispatch {
  /** Counted from 1, as the officer sees the table. */
  readonly row: number;
  readonly rule: DispatchRule;
}

/** The first rule that fits, or undefined where a person must decide. */
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
 * Rules that can never decide, because an earlier one fits wherever they do.
 *
 * @param isBelow whether the kind of the first code is the second's, or below it
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

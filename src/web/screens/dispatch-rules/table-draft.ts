/** The dispatch table while edited. */
import { dispatchBases } from '../../../kernel/kinds.js';
import type { Input } from '../../api/client.js';

export type Rule = Input<'tryDispatchRules'>['body']['rules'][number];

export interface DraftRow {
  /** Stable when the row is moved. */
  readonly key: number;
  readonly rule: Rule;
  /** The rule in force; undefined for a new row. */
  readonly was: Rule | undefined;
}

export const draftOf = (rules: readonly Rule[]): readonly DraftRow[] =>
  rules.map((rule, key) => ({ key, rule, was: rule }));

export const rulesOf = (rows: readonly DraftRow[]): Rule[] => rows.map(({ rule }) => rule);

export const withRule = (rows: readonly DraftRow[], key: number, rule: Rule): readonly DraftRow[] =>
  rows.map((row) => (row.key === key ? { ...row, rule } : row));

export const without = (rows: readonly DraftRow[], key: number): readonly DraftRow[] =>
  rows.filter((row) => row.key !== key);

/** Adds a rule before that row, or at the end. Its unit is empty: empty conditions would match everything. */
export function withNew(rows: readonly DraftRow[], before: number | undefined): readonly DraftRow[] {
  const added = {
    key: nextKey(rows),
    rule: { unit: '', supporting: [], basis: dispatchBases()[0]?.key ?? '' },
    was: undefined,
  };
  const index = rows.findIndex(({ key }) => key === before);
  return index === -1 ? [...rows, added] : [...rows.slice(0, index), added, ...rows.slice(index)];
}

export const nextKey = (rows: readonly DraftRow[]): number =>
  rows.reduce((most, { key }) => Math.max(most, key), -1) + 1;

/** Moves a row by one; no effect at the edge. */
export function moved(rows: readonly DraftRow[], key: number, by: -1 | 1): readonly DraftRow[] {
  const from = rows.findIndex((row) => row.key === key);
  const row = rows[from];
  const other = rows[from + by];
  if (!row || !other) return rows;
  return rows.map((one) => (one === row ? other : one === other ? row : one));
}

export type Mark = '新' | '改';

export function markOf({ rule, was }: DraftRow): Mark | undefined {
  if (!was) return '新';
  return same(rule, was) ? undefined : '改';
}

export const isSameTable = (a: readonly Rule[], b: readonly Rule[]): boolean =>
  a.length === b.length && a.every((rule, index) => same(rule, b[index]));

/** Empty and missing fields are equal. */
function same(a: Rule, b: Rule | undefined): boolean {
  const bare = ({ class: code, kind, district, trade, unit, supporting, basis }: Rule): string =>
    JSON.stringify([
      code ?? null,
      kind ?? null,
      district ?? null,
      trade ?? null,
      unit,
      supporting ?? [],
      basis,
    ]);
  return b !== undefined && bare(a) === bare(b);
}

/**
 * Splits the values of a number or date into cells at the literals it is compared with: below the
 * first literal, the literal itself, between it and the next, …, above the last.
 */
import type { Json } from '../../../kernel/json.js';

/** The cells in order; undefined if it is compared with nothing. */
export function cellsOf(kind: Ordered, texts: readonly string[]): readonly Json[] | undefined {
  return kind === 'number'
    ? cellsBetween(
        [...new Set(texts.flatMap(numbersIn))].sort((one, other) => one - other),
        (value) => value - 1,
        (value, next = Infinity) => (next - value > 1 ? value + 1 : (value + next) / 2),
      )
    : cellsBetween(
        [...new Set(texts.flatMap(daysIn))].sort(),
        (day) => dayFrom(day, -1),
        (day) => dayFrom(day, 1),
      );
}

type Ordered = 'number' | 'date';

function cellsBetween<Value extends string | number>(
  literals: readonly Value[],
  below: (literal: Value) => Value,
  above: (literal: Value, next?: Value) => Value,
): readonly Value[] | undefined {
  const [first] = literals;
  if (first === undefined) return undefined;
  const cells = literals.flatMap((literal, index) => [literal, above(literal, literals[index + 1])]);
  // There is no cell between two consecutive days.
  return [below(first), ...new Set(cells)];
}

export const numbersIn = (text: string): readonly number[] =>
  (text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/(?<![\w.])-?\d+(?:\.\d+)?/g) ?? []).map(Number);

export const daysIn = (text: string): readonly string[] =>
  [...text.matchAll(/"(\d{4}-\d{2}-\d{2})"/g)].flatMap(([, day = '']) =>
    Number.isNaN(Date.parse(day)) ? [] : [day],
  );

export const dayFrom = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Cells in words, like 不小于 1、不大于 9 的数: one text for each run of adjacent cells. */
export function rangesInWords(
  kind: Ordered,
  cells: readonly (string | number)[],
  values: ReadonlySet<Json>,
): readonly string[] {
  const isIn = (index: number): boolean => values.has(cells[index] ?? null);
  return cells.flatMap((_, from) => {
    if (!isIn(from) || (from > 0 && isIn(from - 1))) return [];
    let to = from;
    while (to + 1 < cells.length && isIn(to + 1)) to += 1;
    if (from === 0 && to + 1 === cells.length) return [kind === 'number' ? '任何一个数' : '任何一天'];
    return [kind === 'number' ? numbersInWords(cells, from, to) : daysInWords(cells, from, to)];
  });
}

type Words = (cells: readonly (string | number)[], from: number, to: number) => string;

/** Every second cell is a literal. */
const numbersInWords: Words = (cells, from, to) => {
  if (from === to && from % 2 === 1) return String(cells[from]);
  const least = from % 2 === 1 ? `不小于 ${cells[from] ?? ''}` : `大于 ${cells[from - 1] ?? ''}`;
  const most = to % 2 === 1 ? `不大于 ${cells[to] ?? ''}` : `小于 ${cells[to + 1] ?? ''}`;
  return `${[from > 0 ? least : '', to + 1 < cells.length ? most : ''].filter(Boolean).join('、')} 的数`;
};

/** Each cell is represented by its first day. */
const daysInWords: Words = (cells, from, to) => {
  const [first, next] = [cells[from], cells[to + 1]];
  if (from > 0 && typeof first === 'string' && next === dayFrom(first, 1)) return first;
  const bounds = [from > 0 ? `不早于 ${first ?? ''}` : '', next === undefined ? '' : `早于 ${next}`];
  return `${bounds.filter(Boolean).join('、')} 的日期`;
};

/**
 * What no rule fits, what several fit, and what never has its turn: over the values that a table's tests tell apart,
 * column by column. Nothing is left out, for values that pass the same tests are alike.
 */
import type { DecisionTable } from '../../engine/model/index.js';
import { empty, mostPoints, passes, type Point } from './points.js';

/** One value a column; undefined: any. */
export type Row = readonly (Point | undefined)[];

export interface Matrix {
  /** Values of each column. */
  readonly points: readonly (readonly Point[])[];
  /** Rule, column, value: whether it passes. */
  readonly passes: readonly (readonly (readonly boolean[])[])[];
  /** Of each rule, the column from which on it passes anything. */
  readonly openFrom: readonly number[];
}

const mostVisited = 200_000;
const mostExamples = 3;

export const tooMany = Symbol('more combinations than can be tried');

export function matrixOf({ rules, inputs }: DecisionTable, points: readonly (readonly Point[])[]): Matrix {
  const all = rules.map(({ tests }) =>
    tests.map((test, at) =>
      (points[at] ?? []).map(({ value }) => test === '-' || passes(test, value, inputs[at]?.type ?? 'any')),
    ),
  );
  return {
    points,
    passes: all,
    openFrom: all.map((columns) => columns.findLastIndex((column) => column.some((one) => !one)) + 1),
  };
}

/** With the empty value in every column. */
export const withEmpty = (points: readonly (readonly Point[])[]): readonly (readonly Point[])[] =>
  points.map((column) => (column.length < mostPoints ? [empty, ...column] : column));

/** Rows that no rule fits, the first few. */
export function gapsIn({ points, passes, openFrom }: Matrix): readonly Row[] | typeof tooMany {
  const covered = new Set<string>();
  const found: Row[] = [];
  let visited = 0;
  /** @returns whether everything from here on is covered */
  const walk = (column: number, rules: readonly number[], row: Row): boolean => {
    if (rules.length === 0) {
      found.push(row);
      return false;
    }
    if (rules.some((rule) => (openFrom[rule] ?? 0) <= column)) return true;
    const key = `${column} ${rules.join(' ')}`;
    if (covered.has(key)) return true;
    visited += 1;
    if (visited > mostVisited) return false;
    const ways = new Map<string, readonly [Point, readonly number[]]>();
    for (const [at, point] of (points[column] ?? []).entries()) {
      const fitting = rules.filter((rule) => passes[rule]?.[column]?.[at]);
      const same = fitting.join(' ');
      if (!ways.has(same)) ways.set(same, [point, fitting]);
    }
    let all = true;
    for (const [point, fitting] of ways.values()) {
      if (found.length >= mostExamples || visited > mostVisited) return false;
      // Where it makes no difference, the example does not name a value.
      if (!walk(column + 1, fitting, [...row, ways.size === 1 ? undefined : point])) all = false;
    }
    if (all) covered.add(key);
    return all;
  };
  walk(0, [...passes.keys()], []);
  return visited > mostVisited && found.length === 0 ? tooMany : found;
}

export interface Overlap {
  /** Places of two rules, from 0. */
  readonly rules: readonly [number, number];
  readonly row: Row;
}

/** Pairs of rules that fit the same row, each with one. */
export function overlapsIn({ points, passes }: Matrix): readonly Overlap[] {
  const found: Overlap[] = [];
  for (const [one, first] of passes.entries()) {
    for (const [other, second] of passes.entries()) {
      if (other <= one) continue;
      const row: Point[] = [];
      for (const [at, column] of points.entries()) {
        const point = column.findLast((_, place) => first[at]?.[place] && second[at]?.[place]);
        if (point === undefined) break;
        row.push(point);
      }
      if (row.length === points.length) found.push({ rules: [one, other], row });
    }
  }
  return found;
}

export interface Hidden {
  readonly rule: number;
  /** The earlier rules that together leave nothing to it; none: it fits no value at all. */
  readonly behind: readonly number[];
}

/** Rules that never have their turn, of a table whose first fitting rule counts. */
export function hiddenIn({ points, passes, openFrom }: Matrix): readonly Hidden[] {
  const never = neverIn({ points, passes, openFrom });
  return [...passes.keys()].flatMap((rule): readonly Hidden[] => {
    if (never.includes(rule)) return [];
    const earlier = [...Array(rule).keys()].filter((one) => meets(passes, points, one, rule));
    if (earlier.length === 0 || hasTurn({ points, passes, openFrom }, rule, earlier)) return [];
    const alone = earlier.find((one) => !hasTurn({ points, passes, openFrom }, rule, [one]));
    return [{ rule, behind: alone === undefined ? earlier : [alone] }];
  });
}

/** Rules with a cell that no value passes. */
export const neverIn = ({ passes }: Matrix): readonly number[] =>
  [...passes.keys()].filter((rule) => passes[rule]?.some((column) => column.every((one) => !one)));

const meets = (passes: Matrix['passes'], points: Matrix['points'], one: number, other: number): boolean =>
  points.every((column, at) =>
    column.some((_, place) => passes[one]?.[at]?.[place] && passes[other]?.[at]?.[place]),
  );

/** Whether some row fits the rule and none of the earlier ones. */
function hasTurn({ points, passes, openFrom }: Matrix, rule: number, earlier: readonly number[]): boolean {
  const without = new Set<string>();
  let visited = 0;
  const walk = (column: number, rules: readonly number[]): boolean => {
    if (rules.length === 0) return true;
    if (rules.some((one) => (openFrom[one] ?? 0) <= column)) return false;
    const key = `${column} ${rules.join(' ')}`;
    if (without.has(key)) return false;
    visited += 1;
    // Not proved: nothing is said against it.
    if (visited > mostVisited) return true;
    const found = (points[column] ?? []).some(
      (_, at) =>
        passes[rule]?.[column]?.[at] &&
        walk(
          column + 1,
          rules.filter((one) => passes[one]?.[column]?.[at]),
        ),
    );
    if (!found) without.add(key);
    return found;
  };
  return walk(0, earlier);
}

/**
 * Finds values that no rule fits, values that several rules fit, and rules that never apply, over
 * the representative values of each column. This is complete, because values that pass the same
 * tests behave alike.
 */
import type { DecisionTable } from '../../../engine/model/index.js';
import { empty, mostPoints, passes, type Point } from './points.js';

/** One value per column; undefined means any. */
export type Row = readonly (Point | undefined)[];

export interface Matrix {
  /** Representative values of each column. */
  readonly points: readonly (readonly Point[])[];
  /** Indexed by rule, column and value: whether the value passes. */
  readonly passes: readonly (readonly (readonly boolean[])[])[];
  /** Indexed by rule and column: indices of the passing values. */
  readonly places: readonly (readonly (readonly number[])[])[];
  /** For each rule, the column from which on it accepts anything. */
  readonly openFrom: readonly number[];
}

interface Tried {
  readonly which: readonly boolean[];
  readonly places: readonly number[];
}

const mostVisited = 200_000;
const mostExamples = 3;

export const tooMany = Symbol('more combinations than can be tried');

export function matrixOf({ rules, inputs }: DecisionTable, points: readonly (readonly Point[])[]): Matrix {
  const columns = points.map((column, at) => {
    const tested = new Map<string, Tried>();
    return (test: string): Tried => {
      const known = tested.get(test);
      if (known) return known;
      const type = inputs[at]?.type ?? 'any';
      const which = column.map(({ value }) => test === '-' || passes(test, value, type));
      const tried = { which, places: [...which.keys()].filter((place) => which[place]) };
      tested.set(test, tried);
      return tried;
    };
  });
  const all = rules.map(({ tests }) => columns.map((tried, at) => tried(tests[at] ?? '-')));
  return {
    points,
    passes: all.map((row) => row.map(({ which }) => which)),
    places: all.map((row) => row.map(({ places }) => places)),
    openFrom: all.map((row) => row.findLastIndex(({ which, places }) => places.length < which.length) + 1),
  };
}

/** Adds the empty value to every column. */
export const withEmpty = (points: readonly (readonly Point[])[]): readonly (readonly Point[])[] =>
  points.map((column) => (column.length < mostPoints ? [empty, ...column] : column));

/** The first few rows that no rule fits. */
export function gapsIn({ points, passes, openFrom }: Matrix): readonly Row[] | typeof tooMany {
  const covered = new Set<string>();
  const found: Row[] = [];
  let visited = 0;
  /** @returns whether everything from this column on is covered */
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
      // If the value makes no difference, the example leaves it open.
      if (!walk(column + 1, fitting, [...row, ways.size === 1 ? undefined : point])) all = false;
    }
    if (all) covered.add(key);
    return all;
  };
  walk(0, [...passes.keys()], []);
  return visited > mostVisited && found.length === 0 ? tooMany : found;
}

export interface Overlap {
  /** Indices of two rules, from 0. */
  readonly rules: readonly [number, number];
  readonly row: Row;
}

/** Pairs of rules that fit the same row, each with an example row. */
export function overlapsIn(matrix: Matrix): readonly Overlap[] {
  const found: Overlap[] = [];
  for (const one of matrix.passes.keys()) {
    for (let other = one + 1; other < matrix.passes.length; other++) {
      const row: Point[] = [];
      for (const [at, column] of matrix.points.entries()) {
        const point = column[meetingPlace(matrix, at, one, other) ?? -1];
        if (point === undefined) break;
        row.push(point);
      }
      if (row.length === matrix.points.length) found.push({ rules: [one, other], row });
    }
  }
  return found;
}

/**
 * The last value of the column that both rules accept. It iterates over the shorter list, because
 * most cells name one value.
 */
function meetingPlace({ passes, places }: Matrix, column: number, one: number, other: number) {
  const [mine, theirs] = [places[one]?.[column] ?? [], places[other]?.[column] ?? []];
  const [few, all] = mine.length < theirs.length ? [mine, passes[other]] : [theirs, passes[one]];
  return few.findLast((place) => all?.[column]?.[place]);
}

export interface Hidden {
  readonly rule: number;
  /** The earlier rules that together cover this one; empty if no value fits it at all. */
  readonly behind: readonly number[];
}

/** Rules that never apply, in a table where the first match counts. */
export function hiddenIn(matrix: Matrix): readonly Hidden[] {
  const never = new Set(neverIn(matrix));
  return [...matrix.passes.keys()].flatMap((rule): readonly Hidden[] => {
    if (never.has(rule)) return [];
    const earlier = [...Array(rule).keys()].filter((one) => meets(matrix, one, rule));
    if (earlier.length === 0 || hasTurn(matrix, rule, earlier)) return [];
    const alone = earlier.find((one) => !hasTurn(matrix, rule, [one]));
    return [{ rule, behind: alone === undefined ? earlier : [alone] }];
  });
}

/** Rules with a cell that no value passes. */
export const neverIn = ({ places }: Matrix): readonly number[] =>
  [...places.keys()].filter((rule) => places[rule]?.some((column) => column.length === 0));

const meets = (matrix: Matrix, one: number, other: number): boolean =>
  matrix.points.every((_, at) => meetingPlace(matrix, at, one, other) !== undefined);

/** Whether some row fits the rule and none of the earlier ones. */
function hasTurn({ passes, places, openFrom }: Matrix, rule: number, earlier: readonly number[]): boolean {
  const without = new Set<string>();
  let visited = 0;
  const walk = (column: number, rules: readonly number[]): boolean => {
    if (rules.length === 0) return true;
    if (rules.some((one) => (openFrom[one] ?? 0) <= column)) return false;
    const key = `${column} ${rules.join(' ')}`;
    if (without.has(key)) return false;
    visited += 1;
    // The limit is exceeded, so nothing is proved and nothing reported.
    if (visited > mostVisited) return true;
    const found = (places[rule]?.[column] ?? []).some((at) =>
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

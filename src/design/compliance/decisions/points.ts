/**
 * Representative values of a column: trying these covers all values, because the tests cannot tell
 * the others apart.
 */
import { parseUnaryTests } from 'feelin';
import type { CellType, DecisionInput, ValueType } from '../../../engine/model/index.js';
import { feelTests } from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import type { Registered } from '../context.js';

export interface Point {
  readonly value: Json;
  /** The text in an example row. */
  readonly says: string;
}

export type LiteralKind = 'text' | 'number' | 'boolean' | 'date' | 'instant';

interface Literal {
  readonly kind: LiteralKind;
  readonly value: string | number | boolean;
}

export interface Tests {
  readonly literals: readonly Literal[];
  /** Variables and functions that the tests use; then the values they distinguish are unknown. */
  readonly names: readonly string[];
}

/** More values cannot be tried. */
export const mostPoints = 400;
const another = '（其他）';
export const empty: Point = { value: null, says: '（没有填）' };
const anyInstant = new Date(0);

type Node = ReturnType<typeof parseUnaryTests>['topNode'];

const read = new Map<string, Tests>();

/** @param test valid unary tests */
export function testsIn(test: string): Tests {
  const known = read.get(test);
  if (known) return known;
  const found = readTests(test);
  if (read.size > 5000) read.clear();
  read.set(test, found);
  return found;
}

function readTests(test: string): Tests {
  if (test === '-') return { literals: [], names: [] };
  const literals: Literal[] = [];
  const written = (node: Node): string => test.slice(node.from, node.to);
  const walk = (node: Node): void => {
    if (node.name === 'DateTimeLiteral') {
      const iso = /"([^"]*)"/.exec(written(node))?.[1] ?? '';
      literals.push({ kind: /time|T/.test(written(node)) ? 'instant' : 'date', value: iso });
      return;
    }
    if (node.name === 'StringLiteral')
      literals.push({ kind: 'text', value: JSON.parse(written(node)) as string });
    if (node.name === 'BooleanLiteral') literals.push({ kind: 'boolean', value: written(node) === 'true' });
    if (node.name === 'NumericLiteral') literals.push({ kind: 'number', value: numberOf(test, node) });
    for (let child = node.firstChild; child; child = child.nextSibling) walk(child);
  };
  walk(parseUnaryTests(test, {}, undefined).topNode);
  const { names } = feelTests(test);
  return { literals, names: names.filter((name) => name !== 'not') };
}

/** Number with its sign, which FEEL parses as a calculation. */
const numberOf = (test: string, { from, to }: Node): number =>
  Number(test.slice(from, to)) * (/[-]\s*$/.test(test.slice(0, from)) ? -1 : 1);

/**
 * @param known possible values of the column's expression, as far as the processes determine them
 * @returns values without the empty one; undefined if there are too many
 */
export function pointsOf(
  { type, allowed, register }: Pick<DecisionInput, 'type' | 'allowed' | 'register'>,
  tests: readonly string[],
  known: ValueType | undefined,
  tree?: readonly Registered[],
): readonly Point[] | undefined {
  if (register === 'class') return tree && placesOf(tests, tree);
  const literals = [...tests, ...(allowed === undefined ? [] : [allowed])].flatMap(
    (test) => testsIn(test).literals,
  );
  const kinds = kindsOf(type, literals, known);
  const points = kinds.flatMap((kind) => pointsOfKind(kind, type, literals, known));
  const possible =
    allowed === undefined ? points : points.filter(({ value }) => passes(allowed, value, type));
  return possible.length > mostPoints ? undefined : possible;
}

/** Leaves of a tree, one for each group that the tests cannot tell apart. */
function placesOf(tests: readonly string[], tree: readonly Registered[]): readonly Point[] {
  const tested = new Set(tests.flatMap((test) => testsIn(test).literals.map(({ value }) => value)));
  const parents = new Set(tree.map(({ parent }) => parent));
  const byCode = new Map(tree.map((one) => [one.value, one]));
  const places = new Map<string, Point>();
  for (const leaf of tree.filter(({ value }) => !parents.has(value))) {
    const path: Registered[] = [];
    for (let at: Registered | undefined = leaf; at; at = byCode.get(at.parent ?? '')) path.unshift(at);
    const value = path.map((one) => one.value);
    const key = value.filter((code) => tested.has(code)).join(' ');
    if (!places.has(key)) places.set(key, { value, says: path.map(({ name }) => name).join(' / ') });
  }
  return [...places.values()];
}

const passed = new Map<string, boolean>();

/** A test depends only on the value here, so its result is cached. */
export function passes(test: string, value: Json, type: CellType): boolean {
  const tests = feelTests(test);
  if (tests.isSimple) return tests.pass(value, type, {}, anyInstant);
  const key = `${type} ${test} ${JSON.stringify(value)}`;
  const known = passed.get(key);
  if (known !== undefined) return known;
  const answer = tests.pass(value, type, {}, anyInstant);
  if (passed.size > 400_000) passed.clear();
  passed.set(key, answer);
  return answer;
}

function kindsOf(
  type: CellType,
  literals: readonly Literal[],
  known: ValueType | undefined,
): readonly LiteralKind[] {
  if (type === 'integer') return ['number'];
  if (type !== 'any') return [type];
  if (known && known.kind !== 'any' && known.kind !== 'list' && known.kind !== 'record') return [known.kind];
  const kinds = [...new Set(literals.map(({ kind }) => kind))];
  return kinds.length > 0 ? kinds : ['text'];
}

function pointsOfKind(
  kind: LiteralKind,
  type: CellType,
  literals: readonly Literal[],
  known: ValueType | undefined,
): readonly Point[] {
  const written = literals.filter((literal) => literal.kind === kind).map(({ value }) => value);
  switch (kind) {
    case 'boolean':
      return [
        { value: true, says: '是' },
        { value: false, says: '否' },
      ];
    case 'text':
      return textPoints(written as readonly string[], known);
    case 'number':
      return numberPoints(written as readonly number[], type === 'integer').map((value) => ({
        value,
        says: String(value),
      }));
    case 'date':
      return steps(written as readonly string[], 86_400_000).map((at) => dayPoint(new Date(at)));
    case 'instant':
      return steps(written as readonly string[], 1000).map((at) => {
        const value = new Date(at).toISOString();
        return { value, says: value };
      });
  }
}

function textPoints(written: readonly string[], known: ValueType | undefined): readonly Point[] {
  const options = known?.kind === 'text' ? known.values : undefined;
  const all = options ?? [...new Set(written)];
  const points = all.map((value) => ({ value, says: `“${value}”` }));
  return options ? points : [...points, { value: '\u0001', says: another }];
}

const dayPoint = (at: Date): Point => {
  const value = at.toISOString().slice(0, 10);
  return { value, says: value };
};

/** Each literal, a value just below and above it, and one between two literals. */
function numberPoints(written: readonly number[], whole: boolean): readonly number[] {
  const sorted = [...new Set(written)].sort((one, other) => one - other);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return [1];
  return [
    Math.ceil(least) - 1,
    ...sorted.flatMap((one, at) => {
      const next = sorted[at + 1];
      if (next === undefined) return [one];
      const between = Math.floor(one) + 1 < next ? Math.floor(one) + 1 : whole ? undefined : (one + next) / 2;
      return between === undefined ? [one] : [one, between];
    }),
    Math.floor(most) + 1,
  ];
}

const steps = (written: readonly string[], step: number): readonly number[] => {
  const instants = written.map((iso) => Date.parse(iso)).filter((at) => !Number.isNaN(at));
  const counted = numberPoints(
    instants.map((at) => at / step),
    true,
  );
  return counted.map((count) => count * step);
};

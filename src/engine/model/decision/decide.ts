/** Evaluates a table; pure, with the same result on any machine and in browsers. */
import type { Json, JsonObject } from '../../../kernel/json.js';
import { Refusal } from '../../../kernel/refusal.js';
import { feel, feelTests, type FeelTests } from '../feel.js';
import { fitsAnything, type DecisionRule, type DecisionTable } from './table.js';

export interface Decided {
  /** Value of each input, in the table's order. */
  readonly inputs: readonly Json[];
  /** Numbers of the matching rules that count, from 1; empty if the outputs have their defaults. */
  readonly rules: readonly number[];
  /** Values by output name; lists for a table that collects. */
  readonly outputs: { readonly [name: string]: Json };
}

/** Keys of the policies that a table reads as `policies.KEY`. */
export const policiesIn = (table: DecisionTable): readonly string[] => [
  ...new Set(
    [
      ...table.inputs.map(({ expression }) => expression),
      ...table.rules.flatMap(({ tests, results }) => [...tests, ...results]),
    ].flatMap((text) => [...text.matchAll(/\bpolicies\.([A-Za-z]\w*)/g)].map(([, key = '']) => key)),
  ),
];

/**
 * @param variables of the case, and `policies` that the table reads
 * @throws {Refusal} `decision.no-rule`, `decision.several-rules`, `expression.invalid`
 */
export function decide(table: DecisionTable, variables: JsonObject, now: Date): Decided {
  const inputs = table.inputs.map(({ expression, label }) =>
    decimal(feel(expression, label).value(variables, now)),
  );
  const fitting = fittingRules(table, inputs, variables, now);
  if (table.hitPolicy === 'U' && fitting.length > 1) {
    throw new Refusal(
      'decision.several-rules',
      `决策表“${table.name}”有 ${fitting.length} 行同时适用（${linesOf(fitting)}），命中方式是 U（唯一）：${said(table, inputs)}`,
      { where: table.key, remedy: '改表：使各行互不重叠，或者改成 F（首行优先）；改好并生效后再试' },
    );
  }
  const counting = table.hitPolicy === 'C' ? fitting : fitting.slice(0, 1);
  const results = counting.map(({ results: cells }) =>
    cells.map((cell, at) => decimal(feel(cell, table.outputs[at]?.label).value(variables, now))),
  );
  const outputs = table.outputs.map(({ name, otherwise, label }, at): readonly [string, Json] => {
    if (table.hitPolicy === 'C') return [name, results.map((row) => row[at] ?? null)];
    const [row] = results;
    if (row) return [name, row[at] ?? null];
    if (otherwise !== undefined) return [name, decimal(feel(otherwise, label).value(variables, now))];
    throw new Refusal('decision.no-rule', `决策表“${table.name}”没有一行适用：${said(table, inputs)}`, {
      where: table.key,
      remedy: '改表：补上这种情形的一行，或者给输出写默认值；改好并生效后再试',
    });
  });
  return { inputs, rules: counting.map(({ number }) => number), outputs: Object.fromEntries(outputs) };
}

/** FEEL computes in decimals, the interpreter in binary fractions; rounding makes 0.1 + 0.2 equal 0.3 in a table. */
const decimal = (value: Json): Json =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(15)) : value;

const linesOf = (rules: readonly DecisionRule[]): string =>
  rules.map(({ number }) => `第 ${number} 行`).join('、');

/** Quotes only values that are no free text, because the message goes into logs. */
const said = ({ inputs }: DecisionTable, values: readonly Json[]): string =>
  inputs
    .map(({ label }, at) => {
      const value = values[at] ?? null;
      return `${label}=${value === null ? '没有填' : typeof value === 'string' ? '（文字）' : JSON.stringify(value)}`;
    })
    .join(',');

const kept = new WeakMap<DecisionTable, Map<string, readonly DecisionRule[]>>();
const mostKept = 500;
const longestKey = 400;

/**
 * Matching rules are cached by value, because `feelin` parses a test at every evaluation and few
 * values recur often.
 */
function fittingRules(
  table: DecisionTable,
  inputs: readonly Json[],
  variables: JsonObject,
  now: Date,
): readonly DecisionRule[] {
  const known = kept.get(table) ?? new Map<string, readonly DecisionRule[]>();
  kept.set(table, known);
  const key = isPlain(table) ? JSON.stringify(inputs) : '';
  const keeps = key !== '' && key.length <= longestKey;
  const before = keeps ? known.get(key) : undefined;
  if (before) return before;
  const first = table.hitPolicy === 'F';
  const fitting: DecisionRule[] = [];
  for (const [rule, tests] of testsOf(table)) {
    const fits = tests.every(([at, test]) =>
      test.pass(inputs[at] ?? null, table.inputs[at]?.type ?? 'any', variables, now),
    );
    if (!fits) continue;
    fitting.push(rule);
    if (first) break;
  }
  if (keeps) {
    if (known.size >= mostKept) known.delete(known.keys().next().value ?? '');
    known.set(key, fitting);
  }
  return fitting;
}

type Row = readonly [DecisionRule, readonly (readonly [column: number, FeelTests])[]];
const read = new WeakMap<DecisionTable, readonly Row[]>();

/** The columns that each rule tests; a table of thousands has more tests than the cache of expressions holds. */
function testsOf(table: DecisionTable): readonly Row[] {
  const known = read.get(table);
  if (known) return known;
  const rows = table.rules.map((rule): Row => [
    rule,
    rule.tests.flatMap((test, at) =>
      fitsAnything(test) ? [] : [[at, feelTests(test, table.inputs[at]?.label)] as const],
    ),
  ]);
  read.set(table, rows);
  return rows;
}

const plain = new WeakMap<DecisionTable, boolean>();

/** Whether the tests depend only on their input. */
function isPlain(table: DecisionTable): boolean {
  const known = plain.get(table);
  if (known !== undefined) return known;
  const answer = table.rules.every(({ tests }) => tests.every((test) => feelTests(test).names.length === 0));
  plain.set(table, answer);
  return answer;
}

/**
 * Expressions of the diagram: FEEL (DMN 1.3), a leading `=` optional. Names are process variables. An expression sees
 * only its variables and FEEL's own functions: no JavaScript, no clock (`now()` and `today()` are those of the step, in
 * Asia/Shanghai), no unbounded work (`feel-guard.ts`).
 */
import { date, dateAndTime, evaluate, isRange, toFeel, unaryTest } from 'feelin';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { Refusal } from '../../kernel/refusal.js';
import { guard, type Guarded } from './feel-guard.js';
import { simpleTests } from './feel-simple-tests.js';

export interface FeelExpression {
  /** Every name that the expression may read, including FEEL's own functions. */
  readonly names: readonly string[];
  /** The value as JSON; dates, times and durations as ISO 8601 texts. */
  value(variables: JsonObject, now: Date): Json;
  /** True only for the FEEL value `true`: null and all non-booleans count as false. */
  holds(variables: JsonObject, now: Date): boolean;
}

const longest = 4096;
/** Values that one evaluation may create or iterate over. */
const budget = 50_000;
const keptExpressions = 2000;
const keptResults = 200;
/** Most characters of a variable's JSON in a cache key. */
const longestKey = 200;

const compiled = new Map<string, FeelExpression>();
const compiledTests = new Map<string, FeelTests>();

/**
 * Compiles each text once; later calls are served from a cache.
 *
 * @param where id of the element with the expression, for the message
 * @throws {Refusal} `expression.invalid`: here if the text is not FEEL, later if its evaluation fails
 */
export function feel(text: string, where?: string): FeelExpression {
  const known = compiled.get(text);
  if (known) return known;
  const expression = compile(text, where);
  if (compiled.size >= keptExpressions) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(text, expression);
  return expression;
}

function compile(source: string, where: string | undefined): FeelExpression {
  if (source.length > longest) {
    throw invalid(`${source.slice(0, 40)}…`, `长度 ${source.length} 超过上限 ${longest} 个字符`, where);
  }
  const text = source.trim().replace(/^=\s*/, '');
  if (text === '') throw invalid(text, '没有内容', where);
  let guarded: Guarded;
  try {
    guarded = guard(text);
  } catch (cause) {
    throw invalid(text, reasonOf(cause), where, cause);
  }
  const names = [...guarded.names];
  const timeless = !guarded.names.has('now') && !guarded.names.has('today');
  const results = new Map<string, Json>();

  const value = (variables: JsonObject, now: Date): Json => {
    const key = timeless ? keyOf(names, variables) : undefined;
    const known = key === undefined ? undefined : results.get(key);
    if (known !== undefined) return known;
    let result: Json;
    try {
      result = toJson(evaluate(guarded.text, contextOf(names, variables, now)).value);
    } catch (cause) {
      throw invalid(text, reasonOf(cause), where, cause);
    }
    if (key !== undefined) {
      if (results.size >= keptResults) results.delete(results.keys().next().value ?? '');
      results.set(key, result);
    }
    return result;
  };
  return { names, value, holds: (variables, now) => value(variables, now) === true };
}

export interface FeelTests {
  /** Every name that the tests may read, except `?`. */
  readonly names: readonly string[];
  /** True if we evaluate it ourselves, about a thousand times as fast as the interpreter. */
  readonly isSimple: boolean;
  /**
   * Whether the value passes the tests. @param as the value's type: a stored date is a text in
   * JSON, but its tests are about dates
   */
  pass(value: Json, as: string, variables: JsonObject, now: Date): boolean;
}

/**
 * The tests of a cell of a decision table (FEEL unary tests).
 *
 * @throws {Refusal} `expression.invalid`
 */
export function feelTests(source: string, where?: string): FeelTests {
  const known = compiledTests.get(source);
  if (known) return known;
  const tests = compileTests(source, where);
  if (compiledTests.size >= keptExpressions) compiledTests.delete(compiledTests.keys().next().value ?? '');
  compiledTests.set(source, tests);
  return tests;
}

function compileTests(source: string, where: string | undefined): FeelTests {
  const text = source.trim();
  if (text.length > longest) {
    throw invalid(`${text.slice(0, 40)}…`, `长度 ${text.length} 超过上限 ${longest} 个字符`, where);
  }
  if (text === '' || text === '-') return { names: [], isSimple: true, pass: () => true };
  let guarded: Guarded;
  try {
    guarded = guard(text, 'tests');
  } catch (cause) {
    throw invalid(text, reasonOf(cause), where, cause);
  }
  const simple = simpleTests(text);
  const names = simple ? [] : [...guarded.names].filter((name) => name !== '?');
  return {
    names,
    isSimple: simple !== undefined,
    pass: (value, as, variables, now) => {
      if (simple && as !== 'date' && as !== 'instant') return simple(value);
      const context = contextOf(names, variables, now);
      context['?'] = typeof value === 'string' ? temporal(value, as) : value;
      try {
        return unaryTest(guarded.text, context).value === true;
      } catch (cause) {
        throw invalid(text, reasonOf(cause), where, cause);
      }
    },
  };
}

const temporal = (value: string, as: string): unknown =>
  as === 'date' ? date(value) : as === 'instant' ? dateAndTime(value) : value;

/**
 * `feelin` parses the text at every evaluation (some 70 µs). Conditions use few names with few
 * values ("branch", "satisfied"), so results are cached. Undefined if a value is too large for a
 * cache key.
 */
function keyOf(names: readonly string[], variables: JsonObject): string | undefined {
  let key = '';
  for (const name of names) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const text = value === undefined ? '' : JSON.stringify(value);
    if (text.length > longestKey) return undefined;
    key += `${text};`;
  }
  return key;
}

/** Holds only names used by the text, so that no other variable affects how it is parsed. */
function contextOf(names: readonly string[], variables: JsonObject, now: Date): Record<string, unknown> {
  const context: Record<string, unknown> = {};
  for (const name of names) {
    if (Object.hasOwn(variables, name)) context[name] = variables[name];
  }
  const civil = new Date(now.getTime() + 8 * 3_600_000).toISOString();
  context['now'] = builtin([], () => dateAndTime(`${civil.slice(0, 19)}+08:00`));
  context['today'] = builtin([], () => date(civil.slice(0, 10)));
  return Object.assign(context, counters());
}

/** Functions that `feel-guard.ts` writes into the text, sharing one budget. */
function counters(): Record<string, unknown> {
  let left = budget;
  const spend = (value: unknown): void => {
    left -= typeof value === 'string' ? 1 + value.length / 64 : 1;
    if (left < 0) throw new Error(`计算量超过上限（${budget} 个值）`);
    if (Array.isArray(value)) value.forEach(spend);
    else if (isJsonObject(value) && Object.getPrototypeOf(value) === Object.prototype) {
      Object.values(value).forEach(spend);
    }
  };
  const counted = (value: unknown): unknown => {
    spend(value);
    return value;
  };
  const range = (first: unknown, last: unknown): readonly number[] => {
    if (!isWhole(first) || !isWhole(last)) throw new Error('循环的起止必须是整数');
    const length = Math.abs(last - first) + 1;
    if (length > left) throw new Error(`循环 ${first}..${last} 超过上限（${budget} 个值）`);
    left -= length;
    return Array.from({ length }, (_, index) => (first <= last ? first + index : first - index));
  };
  const iterated = (value: unknown): unknown => {
    if (!isRange(value)) return counted(value);
    const bounds: Record<string, unknown> = { ...value };
    const { start, end } = bounds;
    if (!isWhole(start) || !isWhole(end)) throw new Error('循环的起止必须是整数');
    const values = range(start, end);
    return values.slice(
      bounds['start included'] === true ? 0 : 1,
      values.length - (bounds['end included'] === true ? 0 : 1),
    );
  };
  return {
    __n: builtin(['value'], counted),
    __r: builtin(['first', 'last'], range),
    __i: builtin(['value'], iterated),
  };
}

/** `$args` gives `feelin` the parameters' names; otherwise it would parse the function's source. */
function builtin<F extends (...values: never[]) => unknown>(parameters: readonly string[], body: F): F {
  return Object.assign(body, { $args: parameters });
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function toJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || isRange(value)) return null;
  if (Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)]));
  }
  // Dates, times and durations serialise themselves as ISO 8601.
  const temporal: unknown = toFeel(value);
  return typeof temporal === 'object' &&
    temporal !== null &&
    'iso' in temporal &&
    typeof temporal.iso === 'string'
    ? temporal.iso
    : null;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof RangeError) return '嵌套过深或数值过大';
  return cause instanceof Error ? cause.message : String(cause);
}

function invalid(text: string, reason: string, where: string | undefined, cause?: unknown): Refusal {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return new Refusal(
    'expression.invalid',
    `${where === undefined ? '' : `${where} 的`}表达式“${shown}”：${reason}。`,
    {
      remedy: '条件用 FEEL 书写，例如 branch = "2" and rounds < 3。',
      ...(where === undefined ? {} : { where }),
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

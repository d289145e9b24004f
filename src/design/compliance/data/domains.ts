/** Representative values of a variable, one for each group that expressions distinguish: few enough to try them all. */
import { feel, type ValueType } from '../../../engine/model/index.js';
import type { Json, JsonObject } from '../../../kernel/json.js';
import { dayFrom, daysIn, numbersIn } from './cells.js';
import { isFeel } from './is-feel.js';

/** Stands for any text that is neither an option nor a compared text. */
const another = '\u0001';
/** Combinations; the interpreter takes about 70 µs for each. */
const mostCombined = 400;
const anyInstant = new Date(0);

/**
 * Whether trying representative values covers everything: the text has no calculation, function or
 * path, only comparisons of variables with each other and with literals.
 */
export function isPlain(text: string, types?: ReadonlyMap<string, ValueType>): boolean {
  const plain = text
    .trim()
    .replace(/^=/, '')
    // A date literal is compared like a number.
    .replace(/\bdate\(\s*"\d{4}-\d{2}-\d{2}"\s*\)/g, '0')
    .replace(/\bdate\(\s*([A-Za-z_]\w*)\s*\)/g, (whole, name: string) =>
      types?.get(name)?.kind === 'date' ? name : whole,
    )
    .replace(/"(?:[^"\\]|\\.)*"/g, '0');
  const left = plain.replace(/[A-Za-z_]\w*|\d+(?:\.\d+)?|!=|[-=<>(),\s]/g, '');
  if (left !== '' || /[\w)]\s*-/.test(plain)) return false;
  // If two variables are compared with each other, the groups of equal values are unknown.
  if (/(?<!["\w])[A-Za-z_]\w*\s*(?:!=|<=|>=|[=<>])\s*(?!null\b|true\b|false\b)[A-Za-z_]\w*/.test(plain))
    return false;
  return [...plain.matchAll(/([A-Za-z_]\w*)\s*\(/g)].every(([, name = '']) => callable.has(name));
}

const callable = new Set(['not', 'and', 'or', 'in', 'if', 'then', 'else']);

/** @returns undefined if the values cannot be listed */
export function domainOf(type: ValueType, texts: readonly string[]): readonly Json[] | undefined {
  switch (type.kind) {
    case 'boolean':
      return [true, false];
    case 'number': {
      const compared = texts.flatMap(numbersIn);
      return [
        ...new Set([0, 1, ...compared.flatMap((one) => [one - 1, one - 0.5, one, one + 0.5, one + 1])]),
      ];
    }
    case 'date': {
      const days = texts.flatMap(daysIn);
      return [...new Set(['2026-01-01', ...days.flatMap((day) => [dayFrom(day, -1), day, dayFrom(day, 1)])])];
    }
    case 'text':
    case 'instant': {
      const compared = texts.flatMap((text) => text.match(/"(?:[^"\\]|\\.)*"/g) ?? []);
      const literals = compared.map((one) => JSON.parse(one) as string);
      if (type.kind === 'text' && type.values) {
        // Options that no expression names form one group.
        const told = type.values.filter((value) => literals.includes(value));
        return [...told, ...type.values.filter((value) => !literals.includes(value)).slice(0, 1)];
      }
      return [...new Set([another, ...literals, ...literals.map((one) => `${one}${another}`)])];
    }
    case 'list':
    case 'record':
    case 'any':
      return undefined;
  }
}

export function combinations(
  domains: readonly (readonly [string, readonly Json[]])[],
): readonly JsonObject[] | undefined {
  if (domains.reduce((product, [, values]) => product * values.length, 1) > mostCombined) return undefined;
  return domains.reduce<readonly JsonObject[]>(
    (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

const kept = new Map<string, boolean | undefined>();
const mostKept = 2000;

/** The condition's value if it is the same for all values; undefined if it depends on them, or is unknown. */
export function constantly(
  text: string,
  names: readonly string[],
  types: ReadonlyMap<string, ValueType>,
): boolean | undefined {
  if (!isPlain(text, types)) return undefined;
  const domains: (readonly [string, readonly Json[]])[] = [];
  for (const name of names) {
    const type = types.get(name);
    const values = type && domainOf(type, [text]);
    if (!values) return undefined;
    domains.push([name, [...values, null]]);
  }
  const key = JSON.stringify([text, domains]);
  if (!kept.has(key)) {
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, answerFor(text, domains));
  }
  return kept.get(key);
}

function answerFor(
  text: string,
  domains: readonly (readonly [string, readonly Json[]])[],
): boolean | undefined {
  const expression = feel(text);
  let answer: boolean | undefined;
  for (const one of combinations(domains) ?? []) {
    const holds = expression.holds(one, anyInstant);
    if (answer !== undefined && answer !== holds) return undefined;
    answer = holds;
  }
  return answer;
}

/** Values of variables. */
type Values = ReadonlyMap<string, ReadonlySet<Json>>;

/** Undefined: the outcome is impossible. */
interface Outcomes {
  readonly holds: Values | undefined;
  readonly fails: Values | undefined;
}

const outcomesKept = new Map<string, Outcomes | undefined>();

/**
 * For which values of its variables a condition can hold, and for which it can fail. A variable
 * without given values can have any.
 *
 * @returns undefined if it is unknown
 */
export function outcomesOf(
  text: string,
  names: readonly string[],
  types: ReadonlyMap<string, ValueType>,
  values: Values,
): Outcomes | undefined {
  if (!isPlain(text, types) || !isFeel(text)) return undefined;
  const isNamed = (name: string, value: Json): boolean =>
    typeof value !== 'string' || types.get(name)?.kind === 'date' || text.includes(JSON.stringify(value));
  const given = new Map<string, ReadonlySet<Json>>();
  const domains: (readonly [string, readonly Json[]])[] = [];
  for (const name of names) {
    const some = values.get(name);
    const type = types.get(name);
    const domain = some ? [] : type && domainOf(type, [text]);
    if (!domain) return undefined;
    if (some) given.set(name, some);
    // Values that the condition does not name form one group, represented by the first.
    const alike = [...(some ?? [])].filter((value) => !isNamed(name, value));
    const tried = some
      ? [...[...some].filter((value) => isNamed(name, value)), ...alike.slice(0, 1)]
      : [...domain, null];
    domains.push([name, tried]);
  }
  const key = JSON.stringify([text, domains, [...given].map(([name, some]) => [name, ...some])]);
  if (!outcomesKept.has(key)) {
    if (outcomesKept.size >= mostKept) outcomesKept.clear();
    outcomesKept.set(key, tryAll(text, domains, given, isNamed));
  }
  const found = outcomesKept.get(key);
  const within = (some: Values | undefined): Values | undefined => some && new Map([...values, ...some]);
  return found && { holds: within(found.holds), fails: within(found.fails) };
}

function tryAll(
  text: string,
  domains: readonly (readonly [string, readonly Json[]])[],
  given: Values,
  isNamed: (name: string, value: Json) => boolean,
): Outcomes | undefined {
  const all = combinations(domains);
  if (!all) return undefined;
  const expression = feel(text);
  const told = all.map((one) => ({ one, holds: expression.holds(one, anyInstant) }));
  const left = (wanted: boolean): Values | undefined => {
    const some = told.filter(({ holds }) => holds === wanted);
    if (some.length === 0) return undefined;
    return new Map(
      [...given].map(([name, values]) => {
        const found = new Set(some.map(({ one }) => one[name] ?? null));
        const others = [...found].some((value) => !isNamed(name, value));
        return [name, new Set([...values].filter((one) => (isNamed(name, one) ? found.has(one) : others)))];
      }),
    );
  };
  return { holds: left(true), fails: left(false) };
}

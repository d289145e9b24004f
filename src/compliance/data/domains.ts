/** Values of a variable as far as expressions tell them apart: few enough to try them all. */
import { feel, type ValueType } from '../../engine/model/index.js';
import type { Json, JsonObject } from '../../kernel/json.js';

/** No option, no compared text. */
const another = '\u0001';
/** Each takes the interpreter some 70 µs. */
const mostCombined = 400;
const anyInstant = new Date(0);

/**
 * Whether trying representative values of its variables tries everything: no calculation, no function, no path. What
 * is left are comparisons of variables with each other and with literals.
 */
export function isPlain(text: string): boolean {
  const plain = text
    .trim()
    .replace(/^=/, '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '0');
  const left = plain.replace(/[A-Za-z_]\w*|\d+(?:\.\d+)?|!=|[-=<>(),\s]/g, '');
  if (left !== '' || /[\w)]\s*-/.test(plain)) return false;
  // Two variables held against each other: which values are alike is not known.
  if (/(?<!["\w])[A-Za-z_]\w*\s*(?:!=|<=|>=|[=<>])\s*(?!null\b|true\b|false\b)[A-Za-z_]\w*/.test(plain))
    return false;
  return [...plain.matchAll(/([A-Za-z_]\w*)\s*\(/g)].every(([, name = '']) => callable.has(name));
}

const callable = new Set(['not', 'and', 'or', 'in', 'if', 'then', 'else']);

/** @returns undefined where the values cannot be listed */
export function domainOf(type: ValueType, texts: readonly string[]): readonly Json[] | undefined {
  switch (type.kind) {
    case 'boolean':
      return [true, false];
    case 'number': {
      const plain = texts.map((text) => text.replace(/"(?:[^"\\]|\\.)*"/g, ''));
      const compared = plain.flatMap((text) => text.match(/(?<![\w.])-?\d+(?:\.\d+)?/g) ?? []).map(Number);
      return [
        ...new Set([0, 1, ...compared.flatMap((one) => [one - 1, one - 0.5, one, one + 0.5, one + 1])]),
      ];
    }
    case 'text':
    case 'date':
    case 'instant': {
      const compared = texts.flatMap((text) => text.match(/"(?:[^"\\]|\\.)*"/g) ?? []);
      const literals = compared.map((one) => JSON.parse(one) as string);
      if (type.kind === 'text' && type.values) {
        // Options that no expression names are alike.
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

/** Whether the condition holds for no values at all, or for all of them; undefined where it depends, or is not known. */
export function constantly(
  text: string,
  names: readonly string[],
  types: ReadonlyMap<string, ValueType>,
): boolean | undefined {
  if (!isPlain(text)) return undefined;
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

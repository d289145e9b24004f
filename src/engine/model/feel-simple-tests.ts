/**
 * Evaluates simple unary tests: values, comparisons with a number, ranges of numbers, and whether a
 * list contains a text. Nearly all cells of tables are simple. The interpreter parses a test for
 * every value (some 70 µs); these are parsed once. A test compares both evaluations.
 */
import type { Json } from '../../kernel/json.js';

const string = '"(?:[^"\\\\]|\\\\["\\\\])*"';
const number = '-?\\d+(?:\\.\\d+)?';
const atom = new RegExp(
  `^\\s*(?:(?<text>${string})|list contains\\(\\s*\\?\\s*,\\s*(?<member>${string})\\s*\\)|(?<range>[[(]${number}\\.\\.${number}[\\])])|(?<word>true|false|null)|(?<sign><=|>=|<|>)?\\s*(?<number>${number}))\\s*(?:,|$)`,
);

type Pass = (value: Json) => boolean;

/** @returns undefined if the interpreter must read it */
export function simpleTests(source: string): Pass | undefined {
  const negated = /^not\s*\((.*)\)$/s.exec(source.trim())?.[1];
  const passes: Pass[] = [];
  let rest = negated ?? source;
  do {
    const found = atom.exec(rest);
    if (!found?.groups) return undefined;
    // A bare comma at the end is no test.
    if (found[0].trimEnd().endsWith(',') && rest.slice(found[0].length).trim() === '') return undefined;
    passes.push(passOf(found.groups));
    rest = rest.slice(found[0].length);
  } while (rest !== '');
  const any: Pass = (value) => passes.some((pass) => pass(value));
  return negated === undefined ? any : (value) => !any(value);
}

function passOf({
  text,
  member,
  range,
  word,
  sign,
  number: written,
}: {
  readonly [name: string]: string | undefined;
}): Pass {
  if (text !== undefined) {
    const wanted = JSON.parse(text) as string;
    return (value) => value === wanted;
  }
  if (member !== undefined) {
    const wanted = JSON.parse(member) as string;
    return (value) => Array.isArray(value) && value.includes(wanted);
  }
  if (word !== undefined) {
    const wanted = JSON.parse(word) as Json;
    return (value) => value === wanted;
  }
  if (range !== undefined) {
    const [from, to] = range.slice(1, -1).split('..').map(Number) as [number, number];
    return (value) =>
      typeof value === 'number' &&
      (range.startsWith('[') ? value >= from : value > from) &&
      (range.endsWith(']') ? value <= to : value < to);
  }
  const bound = Number(written);
  const compare: { readonly [sign: string]: (value: number) => boolean } = {
    '<': (value) => value < bound,
    '<=': (value) => value <= bound,
    '>': (value) => value > bound,
    '>=': (value) => value >= bound,
  };
  const holds = compare[sign ?? ''] ?? ((value: number) => value === bound);
  return (value) => typeof value === 'number' && holds(value);
}

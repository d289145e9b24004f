/**
 * The literal expressions of the DMN TCK (`test/vectors/dmn-tck`): how many the interpreter
 * evaluates as in the standard, and that the officer gets a finding for all others. An expression
 * that is silently null is a condition that never holds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { anything, feel, typed, type ValueType } from '../../../src/engine/model/index.js';
import type { Json } from '../../../src/kernel/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { Refusal } from '../../../src/kernel/refusal.js';

type Value =
  | null
  | string
  | boolean
  | readonly Value[]
  | { readonly n: string }
  | { readonly t: string }
  | { readonly c: { readonly [name: string]: Value } };

interface Given {
  readonly suite: string;
  readonly text: string;
  readonly expected: Value;
  readonly inputs?: { readonly [name: string]: Value };
}

const path = join(packageRoot, 'test', 'vectors', 'dmn-tck', 'literal-expressions.jsonl');
const cases = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Given);

/** Conversions by the decision's declared type: our diagrams declare none. */
const ofTheModel = new Set(['0082-feel-coercion', '0021-singleton-list']);

describe('FEEL: the literal expressions of the DMN TCK', () => {
  it('answers 2830 of 3174 as the standard says (89.2 %); of every other, check or evaluation says what is lacking', () => {
    const others = cases.filter((one) => !isRight(one));
    const silent = others.filter((one) => !ofTheModel.has(one.suite) && !isRefused(one) && !isNamed(one));
    expect(silent.map(({ suite, text }) => `${suite}: ${text}`)).to.deep.equal([]);
    expect([cases.length, cases.length - others.length]).to.deep.equal([3174, 2830]);
  });
});

const noon = new Date('2026-03-04T12:00:00+08:00');

const valueOf = ({ text, inputs = {} }: Given): Json =>
  feel(text).value(
    Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, json(value)])),
    noon,
  );

function isRight(given: Given): boolean {
  const answer = isRefused(given) ? null : valueOf(given);
  return alike(json(given.expected), answer);
}

function isRefused(given: Given): boolean {
  try {
    valueOf(given);
    return false;
  } catch (cause) {
    if (cause instanceof Refusal) return true;
    throw cause;
  }
}

const isNamed = ({ text, inputs = {} }: Given): boolean =>
  typed(text, new Map(Object.entries(inputs).map(([name, value]) => [name, typeOf(value)]))).faults.length >
  0;

/** Variables are JSON: a date is a text. */
function typeOf(value: Value): ValueType {
  if (typeof value === 'string') return { kind: 'text' };
  return value !== null && typeof value === 'object' && 't' in value ? { kind: 'date' } : anything;
}

function json(value: Value): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(json);
  if ('n' in value) return Number(value.n);
  if ('t' in value) return value.t;
  return Object.fromEntries(Object.entries(value.c).map(([name, part]) => [name, json(part)]));
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function alike(one: Json | undefined, other: Json | undefined): boolean {
  if (typeof one === 'number' && typeof other === 'number')
    return Math.abs(one - other) <= 1e-8 * Math.max(1, Math.abs(one));
  if (typeof one === 'string' && typeof other === 'string')
    return instant(one) === instant(other) || (length(one) !== undefined && length(one) === length(other));
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object')
    return one === other;
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    left.length === right.size &&
    left.every(([name, part]) => right.has(name) && alike(part, right.get(name) as Json))
  );
}

/** `10:00:00.0+00:00`, `10:00Z` and `10:00:00Z` are the same instant. */
const instant = (text: string): string =>
  text
    .replace(/\.0+(?=$|[Z+\-@])/, '')
    .replace(/\+00:00$/, 'Z')
    .replace(/(T\d\d:\d\d)(?=$|[Z+\-@])/, '$1:00');

/** Months and seconds of a duration; undefined of any other text. */
function length(text: string): string | undefined {
  const parts = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(
    text,
  );
  if (!parts) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(2)
    .map((part) => Number(part ?? 0));
  const [whole, rest] = [years * 12 + months, ((days * 24 + hours) * 60 + minutes) * 60 + seconds];
  return `${whole + rest === 0 ? '' : parts[1]}${whole}/${rest}`;
}

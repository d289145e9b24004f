/** Names that are read and functions that are called, with their permitted arguments. */
import { aTruth } from './value-type.js';
import { checkDurations } from './feel-comparisons.js';
import { functions, lacking, type FeelType } from './feel-functions.js';
import { nearest } from './nearest.js';
import {
  bare,
  childrenOf,
  mayBe,
  unknown,
  wordOf,
  type Node,
  type Reading,
  type Scope,
} from './feel-reading.js';

export function lookedUp(node: Node, scope: Scope, { variables, names, written, fault }: Reading): FeelType {
  const name = written(node);
  const local = scope.get(name);
  if (local) return local;
  const type = variables.get(name);
  if (type) {
    names.add(name);
    return type;
  }
  if (/^not\s/.test(name))
    return fault('foreign', `“${name}”不是“否”的写法，读成了一个名字`, `写成 not(${name.slice(4)})。`);
  if (functions.has(name)) return fault('name', `函数 ${name} 没有写括号`, `写成 ${name}（…）。`);
  const near = nearest(name, [...variables.keys(), ...scope.keys()]);
  return fault(
    'name',
    `没有变量 ${name}${near === undefined ? '' : `，最接近的是 ${near}`}`,
    near === undefined
      ? '改成表单里有的栏目，或者先在表单里问它。'
      : `改成 ${near}，或者先在表单里问 ${name}。`,
    name,
  );
}

export function called(node: Node, scope: Scope, reading: Reading): FeelType {
  const { written, fault, infer } = reading;
  const [callee, ...rest] = childrenOf(node);
  const given = rest.flatMap(childrenOf);
  const types = given.map((one) => infer(one, scope));
  if (!callee || !/^(VariableName|SpecialFunctionName)$/.test(callee.name)) return unknown;
  const name = written(callee);
  const instead = lacking.get(name);
  if (instead !== undefined) return fault('function', `此函数不支持：${name}`, `${instead}。`);
  const answer = functions.get(name);
  if (!answer) {
    const near = nearest(name, [...functions.keys()]);
    return fault(
      'function',
      `没有函数 ${name}${near === undefined ? '' : `，最接近的是 ${near}`}，结果永远是空`,
      near === undefined ? '改用 FEEL 的函数。' : `改成 ${near}（…）。`,
    );
  }
  return checkGiven(name, given, types, reading) ?? answer;
}

const ofDates = new Set(['day of week', 'day of year', 'month of year', 'week of year']);

/** @returns undefined if the function accepts them */
function checkGiven(
  name: string,
  given: readonly Node[],
  types: readonly FeelType[],
  reading: Reading,
): FeelType | undefined {
  const { fault, written } = reading;
  const [first, second] = types;
  const [one, other] = given;
  if (name === 'not' && first && !mayBe(first, 'boolean')) {
    return fault(
      'type',
      `not(…)里是${wordOf[first.kind]}，不是“是或者否”`,
      '改成一个判断，例如 not(satisfied)。',
    );
  }
  if (one && ofDates.has(name) && first && ['text', 'date', 'instant'].includes(first.kind)) {
    return fault(
      'type',
      `${name}（…）里是${wordOf[first.kind]}，不是日期，结果永远是空`,
      `写成 ${name}(date(${written(one)}))。`,
    );
  }
  if (name === 'is' && one && other) checkDurations(one, other, reading);
  if (/^(decimal|round (up|down|half up|half down))$/.test(name) && other && second?.kind === 'number') {
    const places = constantIn(other, written);
    if (places !== undefined && (!Number.isInteger(places) || Math.abs(places) > 100))
      return fault('function', `此写法不支持：${name} 的位数 ${written(other)}`, '位数写 0 到 100 的整数。');
  }
  if (name === 'list replace' && one && other) {
    const place = constantIn(other, written);
    const length = bare(one).name === 'List' ? childrenOf(bare(one)).length : Infinity;
    if (place !== undefined && (!Number.isInteger(place) || place < 1 || place > length))
      return fault(
        'function',
        `此写法不支持：list replace 的位置 ${written(other)}`,
        '位置从 1 数起，不超过清单的长度。',
      );
  }
  return undefined;
}

/** The value of a number literal, or of a sum or difference of two. */
function constantIn(node: Node, written: (node: Node) => string): number | undefined {
  const parts = /^\(?\s*(-?[\d.]+)(?:\s*([+-])\s*([\d.]+))?\s*\)?$/.exec(written(node));
  if (!parts) return undefined;
  const [, first, sign, second] = parts;
  return Number(first) + (sign === '-' ? -1 : 1) * Number(second ?? 0);
}

/** The interpreter knows only FEEL's own types. */
const knownTypes =
  /^(Any|Null|number|string|boolean|date|time|date and time|(years and months|days and time) duration|list|context|function|range)\b/;

export function instanceOf(node: Node, scope: Scope, { infer, fault, written }: Reading): FeelType {
  const [value, ...others] = childrenOf(node);
  if (value) infer(value, scope);
  const type = others.find(({ name }) => name === 'Type');
  const asked = type ? written(type) : '';
  if (!knownTypes.test(asked) || /^context\s*</.test(asked) || /<\s*t/.test(asked)) {
    return fault(
      'function',
      `此写法不支持：instance of ${asked}`,
      '写 FEEL 自己的类型：number、string、boolean、date、list。',
    );
  }
  return aTruth;
}

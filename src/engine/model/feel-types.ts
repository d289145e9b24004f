/**
 * Finds what is wrong with an expression, given the possible values of its variables: everything
 * that the interpreter silently answers with null, compares as texts, or computes differently from
 * the standard. FEEL itself accepts anything that can be parsed.
 */
import { parseExpression } from 'feelin';
import { reckoned } from './feel-arithmetic.js';
import { called, instanceOf, lookedUp } from './feel-calls.js';
import { compared } from './feel-comparisons.js';
import { unreadable } from './feel-foreign.js';
import type { FeelType } from './feel-functions.js';
import { literal } from './feel-literals.js';
import {
  childrenOf,
  fieldsOf,
  mayBe,
  open,
  unknown,
  wordOf,
  type Fault,
  type Node,
  type Reading,
  type Scope,
} from './feel-reading.js';
import { aList, anything, aNumber, aText, aTruth, oneOf, type ValueType } from './value-type.js';

export interface Typed {
  readonly type: FeelType;
  readonly faults: readonly Fault[];
  /** Variables of the case that the expression reads. */
  readonly names: readonly string[];
}

/** @param variables that the expression may look up */
export function typed(source: string, variables: ReadonlyMap<string, ValueType>): Typed {
  const text = source.trim().replace(/^=\s*/, '');
  const foreign = unreadable(text);
  if (foreign) return { type: unknown, faults: [{ what: 'foreign', ...foreign }], names: [] };
  const faults: Fault[] = [];
  const reading: Reading = {
    variables,
    names: new Set(),
    written: (node) => text.slice(node.from, node.to).replace(/\s+/g, ' ').trim(),
    fault: (what, message, fix, name) => {
      const of = name === undefined ? {} : { name };
      if (!faults.some((one) => one.message === message)) faults.push({ what, message, fix, ...of });
      return unknown;
    },
    infer: (node, scope) => inferred(node, scope, reading),
  };
  const type = reading.infer(parseExpression(text, {}, undefined).topNode, new Map());
  return { type, faults, names: [...reading.names] };
}

function inferred(node: Node, scope: Scope, reading: Reading): FeelType {
  const { infer, written } = reading;
  const children = childrenOf(node);
  switch (node.name) {
    case 'NumericLiteral':
      return aNumber;
    case 'StringLiteral':
      return oneOf(written(node).slice(1, -1));
    case 'BooleanLiteral':
      return aTruth;
    case 'null':
      return { kind: 'null' };
    case 'DateTimeLiteral':
      return literal(node, scope, reading);
    case 'VariableName':
      return lookedUp(node, scope, reading);
    case 'PathExpression':
      return fieldOf(node, scope, reading);
    case 'FilterExpression':
      return filtered(node, scope, reading);
    case 'FunctionInvocation':
      return called(node, scope, reading);
    case 'Comparison':
      return compared(node, scope, reading);
    case 'ArithmeticExpression':
      return reckoned(node, scope, reading);
    case 'Conjunction':
    case 'Disjunction':
      return judged(node, scope, reading);
    case 'QuantifiedExpression':
    case 'ForExpression': {
      const inner = bound(node, scope, reading);
      const last = children.at(-1);
      const type = last ? infer(last, inner) : unknown;
      return node.name === 'ForExpression' ? aList(type.kind === 'text' ? aText : anything) : aTruth;
    }
    case 'IfExpression':
      return chosen(node, scope, reading);
    case 'ParenthesizedExpression':
    case 'Expression':
    case 'PositiveUnaryTest':
    case 'PositiveUnaryTests':
    case 'SimplePositiveUnaryTest': {
      const inside = children.filter(({ name }) => name !== 'CompareOp');
      return inside.map((one) => infer(one, scope)).at(-1) ?? unknown;
    }
    case 'List':
      children.forEach((one) => infer(one, scope));
      return aList(anything);
    case 'NamedParameter': {
      const value = children.at(-1);
      return value ? infer(value, scope) : unknown;
    }
    case 'InstanceOfExpression':
      return instanceOf(node, scope, reading);
    case 'Interval':
      return interval(node, scope, reading);
    case 'Context':
      checkKeys(node, reading);
      children.forEach((one) => infer(one, scope));
      return unknown;
    case 'ContextEntry':
      children.filter(({ name }) => name !== 'Key').forEach((one) => infer(one, scope));
      return unknown;
    default:
      return unknown;
  }
}

function judged(node: Node, scope: Scope, { infer, fault, written }: Reading): FeelType {
  for (const one of childrenOf(node)) {
    if (one.name === 'and' || one.name === 'or') continue;
    const type = infer(one, scope);
    if (mayBe(type, 'boolean')) continue;
    const message = `${written(one)} 是${wordOf[type.kind]}，不能用 and、or 连接`;
    fault('type', message, `写成一个判断，例如 ${written(one)} = …。`);
  }
  return aTruth;
}

function chosen(node: Node, scope: Scope, { infer, fault }: Reading): FeelType {
  const [condition, then, otherwise] = childrenOf(node)
    .filter(({ name }) => !['if', 'then', 'else'].includes(name))
    .map((one) => infer(one, scope));
  if (condition && !mayBe(condition, 'boolean')) {
    fault('type', `if 后面是${wordOf[condition.kind]}，不是判断`, '改成一个判断。');
  }
  if (then?.kind === 'null') return otherwise ?? unknown;
  return then && otherwise && (then.kind === otherwise.kind || otherwise.kind === 'null')
    ? open(then)
    : unknown;
}

function filtered(node: Node, scope: Scope, { infer, fault, written }: Reading): FeelType {
  const [base, inner] = childrenOf(node);
  const list = base ? infer(base, scope) : unknown;
  if (base && ['text', 'number', 'boolean', 'date', 'instant'].includes(list.kind)) {
    return fault(
      'type',
      `${written(base)} 是${wordOf[list.kind]}，不是清单，不能用 […] 挑选`,
      '改成清单，或者删去 […]。',
    );
  }
  const item = list.kind === 'list' ? list.of : list;
  if (!inner) return list;
  const index = infer(inner, new Map([...scope, ...fieldsOf(item), ['item', item]]));
  return index.kind === 'number' ? item : list.kind === 'list' ? list : unknown;
}

function fieldOf(node: Node, scope: Scope, { infer, fault, written }: Reading): FeelType {
  const [base, name] = childrenOf(node).filter((one) => one.name !== '.');
  const type = base ? infer(base, scope) : unknown;
  const of = type.kind === 'list' ? type.of : type;
  if (!name || of.kind !== 'record') return unknown;
  const field = of.fields[written(name)];
  if (!field) {
    const there = Object.keys(of.fields).join('、');
    return fault(
      'name',
      `${base ? written(base) : ''} 没有 ${written(name)}，有的是 ${there}`,
      '改成有的一项。',
    );
  }
  return type.kind === 'list' ? aList(field) : field;
}

/** `for`, `some`, `every`: each name is bound to the items of its list. */
function bound(node: Node, scope: Scope, { infer, written }: Reading): Scope {
  const inner = new Map(scope);
  const bindings = childrenOf(node).filter(({ name }) => name === 'InExpressions');
  for (const one of bindings.flatMap(childrenOf)) {
    const [name, , over] = childrenOf(one);
    const list = over ? childrenOf(over).map((part) => infer(part, inner))[0] : undefined;
    if (!name) continue;
    const item = list?.kind === 'list' ? list.of : list?.kind === 'number' ? aNumber : unknown;
    inner.set(written(name), item);
  }
  return inner;
}

function interval(node: Node, scope: Scope, { infer, fault, written }: Reading): FeelType {
  const ends = childrenOf(node).filter(({ name }) => name !== '..');
  const types = ends.map((one) => infer(one, scope));
  if (types.some(({ kind }) => kind === 'null')) {
    return fault('function', `此写法不支持：区间的一头是 null(${written(node)})`, '写成 >= 或者 <=。');
  }
  const [from, to] = ends.map((one) => (one.name === 'NumericLiteral' ? Number(written(one)) : NaN));
  if (from !== undefined && to !== undefined && from > to) {
    return fault('function', `此写法不支持：区间从大到小（${written(node)}）`, '小的写在前面。');
  }
  return unknown;
}

function checkKeys(node: Node, { fault, written }: Reading): void {
  const keys = childrenOf(node).flatMap((entry) => childrenOf(entry).slice(0, 1).map(written));
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) fault('function', `一组值里 ${twice} 写了两次`, '留下一个。');
}

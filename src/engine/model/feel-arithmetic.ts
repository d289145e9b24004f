/**
 * Types of arithmetic: which operands are permitted, and where the interpreter answers null or
 * deviates from the standard.
 */
import { aNumber, aText } from './value-type.js';
import type { FeelType } from './feel-functions.js';
import { unitsOf, zoneOf } from './feel-literals.js';
import { childrenOf, unknown, wordOf, type Node, type Reading, type Scope } from './feel-reading.js';

export function reckoned(node: Node, scope: Scope, reading: Reading): FeelType {
  const { infer, fault, written } = reading;
  const parts = childrenOf(node);
  const operator = parts.find(({ name }) => name === 'ArithOp');
  const operands = parts.filter(({ name }) => name !== 'ArithOp');
  const types = operands.map((one) => infer(one, scope));
  const kinds = types.map(({ kind }) => kind);
  const sign = operator ? written(operator) : '';
  const lacks = (what: string, fix: string): FeelType =>
    fault('function', `此运算不支持：${what}（${written(node)}）`, fix);
  const writeOut = '把算好的时长直接写出来，例如 duration("P10D")。';
  if (kinds.includes('any')) return unknown;
  if (kinds.includes('duration') && kinds.includes('number')) {
    return lacks(`时长${sign}数，结果永远是空`, writeOut);
  }
  if (kinds.every((kind) => kind === 'number')) return aNumber;
  if (sign === '+' && kinds.every((kind) => kind === 'text')) return aText;
  if (kinds.every((kind) => kind === 'duration')) {
    if (kinds.length === 1) return lacks('时长前的负号，结果永远是空', '负号写在时长里，例如 @"-P1D"。');
    if (sign !== '+' && sign !== '-') return lacks(`时长${sign}时长，结果永远是空`, writeOut);
    return { kind: 'duration' };
  }
  // A duration may come before the value it is added to.
  const swapped = sign === '+' && kinds[0] === 'duration';
  const [first = unknown, second] = swapped ? [...types].reverse() : types;
  const [, right] = swapped ? [...operands].reverse() : operands;
  if (['day', 'moment', 'time'].includes(first.kind) && second && right) {
    if (second.kind === 'duration') {
      const units = unitsOf(right, written);
      if (first.kind === 'day' && units === 'hours')
        return lacks(
          '日期加减时、分、秒，得到的是时刻',
          '先写成时刻：date and time(day, time("00:00:00"))。',
        );
      if (first.kind === 'time' && units === 'years')
        return lacks('时间加减年、月', '时间只加减时、分、秒。');
      return first;
    }
    if (sign === '-' && second.kind === first.kind) {
      const zones = operands.map((one) => zoneOf(one, written));
      if (first.kind === 'moment' && !zones.includes(undefined) && zones[0] !== zones[1])
        return lacks('时区不同的两个时刻相减，时区不算在内', '两边写成同一个时区。');
      return { kind: 'duration' };
    }
  }
  return fault(
    'type',
    `${kinds.map((kind) => wordOf[kind]).join('和')}不能算“${sign}”，结果永远是空（${written(node)}）`,
    '两边改成同一种值；存成文字的日期先写 date(…)。',
  );
}

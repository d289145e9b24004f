/** Literals of dates, times and durations, and those that the interpreter silently misreads. */
import type { FeelType } from './feel-functions.js';
import { bare, childrenOf, unknown, type Node, type Reading, type Scope } from './feel-reading.js';

/** The first form is permitted; the interpreter does not read the next four, or misreads them. */
const unreadable: readonly (readonly [RegExp, string, string])[] = [
  [/^@?(date|date and time)?\s*\(?\s*"-(?!P)|^date\s*\(\s*-/, '公元前的日期', '写公元后的日期。'],
  [/"\d{5,}-|^date\s*\(\s*\d{5,}/, '四位以上的年份', '年份写四位。'],
  [/T?24:00/, '24:00', '写成第二天的 00:00。'],
  [/[+-](1[5-9]|[2-9]\d):\d\d|-00:00"|[+-]\d\d:\d\d@/, '这样的时区', '时区写 +08:00 或者 Z，不再写地名。'],
  [/"-?P[^"]*\d{8,}|\d\.S/, '这样的时长', '写成 P10D、PT2H、P1Y 这样的时长。'],
];

export function literal(node: Node, scope: Scope, { written, fault, infer }: Reading): FeelType {
  const whole = written(node);
  const parameters = childrenOf(node)
    .filter(({ name }) => name === 'PositionalParameters')
    .flatMap(childrenOf);
  const [, , , offset] = parameters.map((one) => infer(one, scope));
  for (const [pattern, what, fix] of unreadable) {
    if (pattern.test(whole)) return fault('function', `此写法不支持：${what} ${whole}`, fix);
  }
  if (/^time/.test(whole) && offset && offset.kind !== 'null' && offset.kind !== 'duration') {
    return fault('function', `此写法不支持：时差不是时长的 ${whole}`, '时差写成时长，例如 @"PT8H"。');
  }
  if (/^date and time/.test(whole) || /^@"\d{4,}-[^"]*T/.test(whole)) return { kind: 'moment' };
  if (/^date/.test(whole) || /^@"\d{4,}-/.test(whole)) return { kind: 'day' };
  if (/^time/.test(whole) || /^@"\d\d:/.test(whole)) return { kind: 'time' };
  return /^duration|^@"-?P/.test(whole) ? { kind: 'duration' } : unknown;
}

const partsOf = (node: Node, written: (node: Node) => string): string | undefined => {
  const inner = bare(node);
  return inner.name === 'DateTimeLiteral' ? /"-?(P[^"]*)"/.exec(written(inner))?.[1] : undefined;
};

/** Units of a duration literal; undefined for anything else. */
export function unitsOf(node: Node, written: (node: Node) => string): 'years' | 'days' | 'hours' | undefined {
  const parts = partsOf(node, written);
  if (parts === undefined) return undefined;
  if (/T/.test(parts)) return 'hours';
  return /[YM]/.test(parts) ? 'years' : 'days';
}

/** The zone of a date-time literal, `''` without one; undefined for anything else. */
export function zoneOf(node: Node, written: (node: Node) => string): string | undefined {
  const inner = bare(node);
  if (inner.name !== 'DateTimeLiteral') return undefined;
  return /T[\d:.]+([^"]*)"/.exec(written(inner))?.[1];
}

/** Comparisons: whether both sides can be compared, and whether a compared text is one of the options. */
import { aTruth } from './value-type.js';
import type { FeelType } from './feel-functions.js';
import { unitsOf } from './feel-literals.js';
import { nearest } from './nearest.js';
import { bare, childrenOf, wordOf, type Node, type Reading, type Scope } from './feel-reading.js';

export function compared(node: Node, scope: Scope, reading: Reading): FeelType {
  const { infer, written, fault } = reading;
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right) return aTruth;
  if (operator.name !== 'CompareOp') {
    const asked = infer(left, scope);
    for (const one of leavesOf(node)) {
      if (one !== left)
        agree({ left, right: one, operator: operator.name }, asked, infer(one, scope), reading);
    }
    return aTruth;
  }
  const range = [left, right].map(bare).find(isRange);
  if (range) {
    return fault(
      'function',
      `此写法不支持：区间 ${written(range)} 不能用 ${written(operator)} 比较`,
      '用 in 判断在不在里面，例如 件数 in [1..3]。',
    );
  }
  agree({ left, right, operator: written(operator) }, infer(left, scope), infer(right, scope), reading);
  return aTruth;
}

interface Sides {
  readonly left: Node;
  readonly right: Node;
  readonly operator: string;
}

/** Includes a range written as a test: `< 10`. */
const isRange = (node: Node): boolean =>
  node.name === 'Interval' || (/UnaryTest/.test(node.name) && childrenOf(node)[0]?.name === 'CompareOp');

function agree({ left, right, operator }: Sides, a: FeelType, b: FeelType, reading: Reading): void {
  const { fault, written } = reading;
  const kinds = [a.kind, b.kind];
  const both = `${written(left)}（${wordOf[a.kind]}）和 ${written(right)}（${wordOf[b.kind]}）`;
  if (kinds.includes('any') || (kinds.includes('null') && /^!?=$/.test(operator))) return;
  if (kinds.includes('null')) {
    const message = `与 null 比大小永远不成立：${written(left)} ${operator} ${written(right)}`;
    fault('type', message, '写成 = null 或者 != null。');
    return;
  }
  const temporal = kinds.find((kind) => kind === 'day' || kind === 'moment');
  const stored = a.kind === 'date' || a.kind === 'instant' ? left : right;
  if (temporal && (kinds.includes('date') || kinds.includes('instant'))) {
    const by = temporal === 'day' ? 'date' : 'date and time';
    fault('type', `${both}不能比较：变量里的日期存成文字`, `写成 ${by}（${written(stored)}）。`);
    return;
  }
  if (operator === '=' || operator === '!=') checkFraction([left, right], reading);
  const texts = new Set(['text', 'date', 'instant']);
  if (a.kind === b.kind || (texts.has(a.kind) && texts.has(b.kind))) {
    checkOption(left, a, right, b, reading);
    checkDurations(left, right, reading);
    return;
  }
  fault('type', `${both}不能比较`, '两边改成同一种值；文字加引号，数、是否不加引号。');
}

function checkOption(left: Node, a: FeelType, right: Node, b: FeelType, { fault, written }: Reading): void {
  const [asked, type, constant] =
    right.name === 'StringLiteral' ? [left, a, b] : left.name === 'StringLiteral' ? [right, b, a] : [];
  const [value = ''] = (constant?.kind === 'text' && constant.values) || [];
  if (!asked || type?.kind !== 'text' || !type.values || type.values.includes(value)) return;
  const near = nearest(value, type.values);
  fault(
    'value',
    `${written(asked)} 没有选项 "${value}"，有的是 ${type.values.join('、')}`,
    near === undefined
      ? '改成有的选项，或者先在表单里加上它。'
      : `改成 "${near}"，或者先在表单里加上 "${value}"。`,
  );
}

function checkFraction(sides: readonly Node[], { fault, written }: Reading): void {
  for (const side of sides) {
    if (side.name !== 'ArithmeticExpression' || !/\d\.\d|\//.test(written(side))) continue;
    fault('type', `小数算出来的不恰好相等：${written(side)}`, `先取整，例如 decimal(${written(side)}, 2)。`);
  }
}

/** A duration in years cannot be compared with one in days. */
export function checkDurations(left: Node, right: Node, { fault, written }: Reading): void {
  const units = [left, right].map((side) => unitsOf(side, written));
  if (units.includes(undefined) || (units[0] === 'years') === (units[1] === 'years')) return;
  const message = `${written(left)} 和 ${written(right)} 不能比较：一个按年月，一个按日`;
  fault('type', message, '两边都写年月，或者都写日、时。');
}

/** The values that `in (…)` and `between … and …` compare with. */
function leavesOf(node: Node): readonly Node[] {
  return childrenOf(node).flatMap((child) => {
    if (/UnaryTest/.test(child.name)) return leavesOf(child);
    return /Literal$|^VariableName$|^FunctionInvocation$|^Interval$/.test(child.name) ? [child] : [];
  });
}

/**
 * Limits a FEEL text before `feelin` evaluates it. `feelin` has no limits of its own:
 * `1..1000000000` is built as a list, `1..1.5` never ends, every entry of a context can double a
 * list, and regular expressions can run for years. So the syntax tree is walked once and the text
 * rewritten:
 *
 * - operations that create many values (iterations, lists, contexts, arithmetic on texts, calls) go
 * through our functions `__n` or `__i`, which count against a budget and stop the evaluation when
 * it is exhausted;
 * - `__r` builds ranges of iterations and checks their bounds first;
 * - function definitions (recursion) and regular expressions are refused.
 */
import { parseExpression, parseUnaryTests } from 'feelin';

type SyntaxNode = ReturnType<typeof parseExpression>['topNode'];

export interface Guarded {
  /** The text to evaluate. */
  readonly text: string;
  /** Every name the expression may look up, including built-in functions. */
  readonly names: ReadonlySet<string>;
}

const refusedFunctions = new Set(['matches', 'replace', 'split']);
/** Values created here can be larger than their parts. */
const growing = new Set([
  'List',
  'Context',
  'FunctionInvocation',
  'ForExpression',
  'FilterExpression',
  'ArithmeticExpression',
]);
/** These iterate over their operands, which matters inside a repetition. */
const walking = new Set(['Comparison', 'PathExpression', 'InstanceOfExpression']);
const repeating = new Set(['ForExpression', 'QuantifiedExpression', 'FilterExpression']);
const operands = new Set(['VariableName', 'PathExpression', 'ParenthesizedExpression']);

/**
 * @param kind an expression, or the tests of a cell of a decision table
 * @throws {Error} in Chinese: forbidden content, or where the text cannot be parsed
 */
export function guard(text: string, kind: 'expression' | 'tests' = 'expression'): Guarded {
  const names = new Set<string>();
  const parse = kind === 'expression' ? parseExpression : parseUnaryTests;
  const tree = parse(text, {}, undefined);

  const write = (node: SyntaxNode, repeated: boolean): string => {
    if (node.type.isError) throw new Error(`第 ${node.from + 1} 个字符附近写法有误`);
    if (node.name === 'FunctionDefinition') throw new Error('不允许在表达式里定义函数');
    if (node.name === 'VariableName') names.add(register(text.slice(node.from, node.to)));

    const children = childrenOf(node);
    if (node.name === 'IterationContext') return iteration(children, repeated);
    const inside = repeated || repeating.has(node.name);
    const parts = children.map((child) => {
      const written = write(child, inside);
      const counted =
        (node.name === 'PositionalParameters' && !/Literal$|^SimplePositiveUnaryTest$/.test(child.name)) ||
        (node.name === 'NamedParameter' && child !== children[0]) ||
        (node.name === 'FilterExpression' && child === children[0]) ||
        (inside && walking.has(node.name) && operands.has(child.name));
      return counted ? `__n(${written})` : written;
    });
    const whole = between(node, children, parts);
    return growing.has(node.name) ? `__n(${whole})` : whole;
  };

  const iteration = (children: readonly SyntaxNode[], repeated: boolean): string => {
    const values = children.filter((child) => child.name !== '..').map((child) => write(child, repeated));
    return values.length === 2 ? `__r(${values.join(', ')})` : `__i(${values.join('')})`;
  };

  const between = (node: SyntaxNode, children: readonly SyntaxNode[], parts: readonly string[]): string => {
    let at = node.from;
    let written = '';
    children.forEach((child, index) => {
      written += text.slice(at, child.from) + (parts[index] ?? '');
      at = child.to;
    });
    return written + text.slice(at, node.to);
  };

  if (tree.topNode.firstChild === null) throw new Error('表达式是空的');
  return { text: write(tree.topNode, false), names };
}

function register(written: string): string {
  const name = written.replace(/\s+/g, ' ').trim();
  if (refusedFunctions.has(name)) throw new Error(`此函数不支持：${name}（正则表达式）`);
  if (name.startsWith('__')) throw new Error(`名称 ${name} 不能以两条下划线开头`);
  return name;
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError || !child.type.isSkipped) children.push(child);
  }
  return children;
}

/**
 * Shared by the readers of an expression's parts: its syntax tree, the types of values, and the
 * faults found so far.
 */
import type { parseExpression } from 'feelin';
import type { FeelType } from './feel-functions.js';
import { anything, aText, type ValueType } from './value-type.js';

export interface Fault {
  readonly what: 'foreign' | 'name' | 'function' | 'value' | 'type';
  readonly message: string;
  readonly fix: string;
  /** The unknown name. */
  readonly name?: string;
}

export type Node = ReturnType<typeof parseExpression>['topNode'];
/** Names that the expression itself binds: items of lists, fields of a filtered record. */
export type Scope = ReadonlyMap<string, FeelType>;

export interface Reading {
  readonly variables: ReadonlyMap<string, ValueType>;
  /** Variables of the case that the expression reads. */
  readonly names: Set<string>;
  /** The text of the node, on one line. */
  readonly written: (node: Node) => string;
  /** Records a fault once; the type of a faulty part is unknown. */
  readonly fault: (what: Fault['what'], message: string, fix: string, name?: string) => FeelType;
  readonly infer: (node: Node, scope: Scope) => FeelType;
}

export const unknown: FeelType = anything;

export const wordOf: { readonly [kind in FeelType['kind']]: string } = {
  text: '文字',
  number: '数',
  boolean: '是或者否',
  date: '日期（存成文字）',
  instant: '时刻（存成文字）',
  list: '清单',
  record: '一组值',
  any: '不定',
  null: 'null',
  day: '日期',
  moment: '时刻',
  time: '时间',
  duration: '时长',
};

export const mayBe = ({ kind }: FeelType, wanted: FeelType['kind']): boolean =>
  kind === wanted || kind === 'any' || kind === 'null';

/** Drops the list of values, which would be that of one branch only. */
export const open = (type: FeelType): FeelType => (type.kind === 'text' ? aText : type);

export const fieldsOf = (type: FeelType): readonly (readonly [string, FeelType])[] =>
  type.kind === 'record' ? Object.entries(type.fields) : [];

export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && !child.type.isSkipped && !/^[(),[\]{}]$/.test(child.name))
      children.push(child);
  }
  return children;
}

/** The node itself, without brackets and wrappers around it. */
export function bare(node: Node): Node {
  const wraps = /^(Expression|ParenthesizedExpression|(Simple)?PositiveUnaryTests?)$/.test(node.name);
  const [inner, ...others] = wraps ? childrenOf(node) : [];
  return inner && others.length === 0 ? bare(inner) : node;
}

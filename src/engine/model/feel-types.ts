/**
 * What is wrong with an expression, given what its variables may hold: everything that the interpreter silently answers
 * with null, or compares as texts. FEEL itself objects to nothing that can be parsed.
 */
import { parseExpression } from 'feelin';
import { functions, lacking, type FeelType } from './feel-functions.js';
import { nearest } from './nearest.js';
import { unreadable } from './feel-foreign.js';
import { aList, anything, aNumber, aText, aTruth, oneOf, type ValueType } from './value-type.js';

interface Fault {
  readonly what: 'foreign' | 'name' | 'function' | 'value' | 'type';
  readonly message: string;
  readonly fix: string;
  /** The name that is not known. */
  readonly name?: string;
}

export interface Typed {
  readonly type: FeelType;
  readonly faults: readonly Fault[];
  /** Variables of the case that it looks up. */
  readonly names: readonly string[];
}

type Node = ReturnType<typeof parseExpression>['topNode'];
type Scope = ReadonlyMap<string, FeelType>;

const unknown: FeelType = anything;
const wordOf: { readonly [kind in FeelType['kind']]: string } = {
  text: '文字',
  number: '数',
  boolean: '是或者否',
  date: '日期(存成文字)',
  instant: '时刻(存成文字)',
  list: '清单',
  record: '一组值',
  any: '不定',
  null: 'null',
  day: '日期',
  moment: '时刻',
  time: '时间',
  duration: '时长',
};

/** @param variables that the expression may look up */
export function typed(source: string, variables: ReadonlyMap<string, ValueType>): Typed {
  const text = source.trim().replace(/^=\s*/, '');
  const faults: Fault[] = [];
  const names = new Set<string>();
  const foreign = unreadable(text);
  if (foreign) return { type: unknown, faults: [{ what: 'foreign', ...foreign }], names: [] };
  const fault = (what: Fault['what'], message: string, fix: string, name?: string): FeelType => {
    const of = name === undefined ? {} : { name };
    if (!faults.some((one) => one.message === message)) faults.push({ what, message, fix, ...of });
    return unknown;
  };
  const written = (node: Node): string => text.slice(node.from, node.to).replace(/\s+/g, ' ').trim();

  const lookUp = (node: Node, scope: Scope): FeelType => {
    const name = written(node);
    const local = scope.get(name);
    if (local) return local;
    const type = variables.get(name);
    if (type) {
      names.add(name);
      return type;
    }
    if (/^not\s/.test(name))
      return fault('foreign', `“${name}”不是“否”的写法,读成了一个名字`, `写成 not(${name.slice(4)})。`);
    if (functions.has(name)) return fault('name', `函数 ${name} 没有写括号`, `写成 ${name}(…)。`);
    const near = nearest(name, [...variables.keys(), ...scope.keys()]);
    return fault(
      'name',
      `没有变量 ${name}${near === undefined ? '' : `,最接近的是 ${near}`}`,
      near === undefined
        ? '改成表单里有的栏目,或者先在表单里问它。'
        : `改成 ${near},或者先在表单里问 ${name}。`,
      name,
    );
  };

  const called = (node: Node, scope: Scope): FeelType => {
    const [callee, ...rest] = childrenOf(node);
    const types = rest.flatMap(childrenOf).map((one) => infer(one, scope));
    if (callee?.name !== 'VariableName') return unknown;
    const name = written(callee);
    const instead = lacking.get(name);
    if (instead !== undefined) return fault('function', `此函数不支持:${name}`, `${instead}。`);
    const answer = functions.get(name);
    if (!answer) {
      const near = nearest(name, [...functions.keys()]);
      return fault(
        'function',
        `没有函数 ${name}${near === undefined ? '' : `,最接近的是 ${near}`},结果永远是空`,
        near === undefined ? '改用 FEEL 的函数。' : `改成 ${near}(…)。`,
      );
    }
    const [first] = types;
    if (name === 'not' && first && !mayBe(first, 'boolean')) {
      return fault(
        'type',
        `not(…)里是${wordOf[first.kind]},不是“是或者否”`,
        '改成一个判断,例如 not(satisfied)。',
      );
    }
    return answer;
  };

  const compared = (node: Node, scope: Scope): FeelType => {
    const [left, operator, right] = childrenOf(node);
    if (!left || !operator || !right) return aTruth;
    if (operator.name !== 'CompareOp') {
      const asked = infer(left, scope);
      for (const one of leavesOf(node)) {
        if (one !== left) agree(left, asked, one, infer(one, scope), operator.name);
      }
      return aTruth;
    }
    agree(left, infer(left, scope), right, infer(right, scope), written(operator));
    return aTruth;
  };

  /** Whether the two can be compared at all, and whether a compared text is one of the options. */
  const agree = (left: Node, a: FeelType, right: Node, b: FeelType, operator: string): void => {
    const kinds = [a.kind, b.kind];
    const both = `${written(left)}(${wordOf[a.kind]})和 ${written(right)}(${wordOf[b.kind]})`;
    if (kinds.includes('any') || (kinds.includes('null') && /^!?=$/.test(operator))) return;
    if (kinds.includes('null')) {
      fault(
        'type',
        `与 null 比大小永远不成立:${written(left)} ${operator} ${written(right)}`,
        '写成 = null 或者 != null。',
      );
      return;
    }
    const temporal = kinds.find((kind) => kind === 'day' || kind === 'moment');
    const stored = a.kind === 'date' || a.kind === 'instant' ? left : right;
    if (temporal && (kinds.includes('date') || kinds.includes('instant'))) {
      const by = temporal === 'day' ? 'date' : 'date and time';
      fault('type', `${both}不能比较:变量里的日期存成文字`, `写成 ${by}(${written(stored)})。`);
      return;
    }
    if (operator === '=' || operator === '!=') checkFraction(left, right);
    const texts = new Set(['text', 'date', 'instant']);
    if (a.kind === b.kind || (texts.has(a.kind) && texts.has(b.kind))) {
      checkOption(left, a, right, b);
      return;
    }
    fault('type', `${both}不能比较`, '两边改成同一种值;文字加引号,数、是否不加引号。');
  };

  const checkOption = (left: Node, a: FeelType, right: Node, b: FeelType): void => {
    const [asked, type, constant] =
      right.name === 'StringLiteral' ? [left, a, b] : left.name === 'StringLiteral' ? [right, b, a] : [];
    const [value = ''] = (constant?.kind === 'text' && constant.values) || [];
    if (!asked || type?.kind !== 'text' || !type.values || type.values.includes(value)) return;
    const near = nearest(value, type.values);
    fault(
      'value',
      `${written(asked)} 没有选项 "${value}",有的是 ${type.values.join('、')}`,
      near === undefined
        ? '改成有的选项,或者先在表单里加上它。'
        : `改成 "${near}",或者先在表单里加上 "${value}"。`,
    );
  };

  const checkFraction = (left: Node, right: Node): void => {
    for (const side of [left, right]) {
      if (side.name !== 'ArithmeticExpression' || !/\d\.\d|\//.test(written(side))) continue;
      fault('type', `小数算出来的不恰好相等:${written(side)}`, `先取整,例如 decimal(${written(side)}, 2)。`);
    }
  };

  const reckoned = (node: Node, scope: Scope): FeelType => {
    const parts = childrenOf(node);
    const operator = parts.find(({ name }) => name === 'ArithOp');
    const types = parts.filter(({ name }) => name !== 'ArithOp').map((one) => infer(one, scope));
    const kinds = types.map(({ kind }) => kind);
    const sign = operator ? written(operator) : '';
    if (kinds.includes('any')) return unknown;
    if (kinds.includes('duration') && kinds.includes('number')) {
      return fault(
        'function',
        `此运算不支持:时长${sign}数,结果永远是空(${written(node)})`,
        '把算好的时长直接写出来,例如 duration("P10D")。',
      );
    }
    if (kinds.every((kind) => kind === 'number')) return aNumber;
    if (sign === '+' && kinds.every((kind) => kind === 'text')) return aText;
    if (kinds.every((kind) => kind === 'duration')) return { kind: 'duration' };
    const [first = unknown, second] = types;
    if (['day', 'moment', 'time'].includes(first.kind) && second) {
      if (second.kind === 'duration') return first;
      if (sign === '-' && second.kind === first.kind) return { kind: 'duration' };
    }
    return fault(
      'type',
      `${kinds.map((kind) => wordOf[kind]).join('和')}不能算“${sign}”,结果永远是空(${written(node)})`,
      '两边改成同一种值;存成文字的日期先写 date(…)。',
    );
  };

  const judged = (node: Node, scope: Scope): FeelType => {
    for (const one of childrenOf(node)) {
      if (one.name === 'and' || one.name === 'or') continue;
      const type = infer(one, scope);
      if (mayBe(type, 'boolean')) continue;
      fault(
        'type',
        `${written(one)} 是${wordOf[type.kind]},不能用 and、or 连接`,
        `写成一个判断,例如 ${written(one)} = …。`,
      );
    }
    return aTruth;
  };

  const filtered = (node: Node, scope: Scope): FeelType => {
    const [base, inner] = childrenOf(node);
    const list = base ? infer(base, scope) : unknown;
    const item = list.kind === 'list' ? list.of : list;
    if (!inner) return list;
    const index = infer(inner, new Map([...scope, ...fieldsOf(item), ['item', item]]));
    return index.kind === 'number' ? item : list.kind === 'list' ? list : unknown;
  };

  const fieldOf = (node: Node, scope: Scope): FeelType => {
    const [base, name] = childrenOf(node).filter((one) => one.name !== '.');
    const type = base ? infer(base, scope) : unknown;
    const of = type.kind === 'list' ? type.of : type;
    if (!name || of.kind !== 'record') return unknown;
    const field = of.fields[written(name)];
    if (!field) {
      return fault(
        'name',
        `${base ? written(base) : ''} 没有 ${written(name)},有的是 ${Object.keys(of.fields).join('、')}`,
        '改成有的一项。',
      );
    }
    return type.kind === 'list' ? aList(field) : field;
  };

  /** `for`, `some`, `every`: each name is bound to the items of its list. */
  const bound = (node: Node, scope: Scope): Scope => {
    const inner = new Map(scope);
    for (const one of childrenOf(node)
      .filter(({ name }) => name === 'InExpressions')
      .flatMap(childrenOf)) {
      const [name, , over] = childrenOf(one);
      const list = over ? childrenOf(over).map((part) => infer(part, inner))[0] : undefined;
      if (name)
        inner.set(
          written(name),
          list?.kind === 'list' ? list.of : list?.kind === 'number' ? aNumber : unknown,
        );
    }
    return inner;
  };

  const infer = (node: Node, scope: Scope): FeelType => {
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
        return moment(node, scope);
      case 'VariableName':
        return lookUp(node, scope);
      case 'PathExpression':
        return fieldOf(node, scope);
      case 'FilterExpression':
        return filtered(node, scope);
      case 'FunctionInvocation':
        return called(node, scope);
      case 'Comparison':
        return compared(node, scope);
      case 'ArithmeticExpression':
        return reckoned(node, scope);
      case 'Conjunction':
      case 'Disjunction':
        return judged(node, scope);
      case 'QuantifiedExpression':
      case 'ForExpression': {
        const inner = bound(node, scope);
        const last = childrenOf(node).at(-1);
        const type = last ? infer(last, inner) : unknown;
        return node.name === 'ForExpression' ? aList(type.kind === 'text' ? aText : anything) : aTruth;
      }
      case 'IfExpression': {
        const [condition, then, otherwise] = childrenOf(node)
          .filter(({ name }) => !['if', 'then', 'else'].includes(name))
          .map((one) => infer(one, scope));
        if (condition && !mayBe(condition, 'boolean')) {
          fault('type', `if 后面是${wordOf[condition.kind]},不是判断`, '改成一个判断。');
        }
        if (then?.kind === 'null') return otherwise ?? unknown;
        return then && otherwise && (then.kind === otherwise.kind || otherwise.kind === 'null')
          ? open(then)
          : unknown;
      }
      case 'ParenthesizedExpression':
      case 'Expression':
      case 'PositiveUnaryTest':
      case 'PositiveUnaryTests':
      case 'SimplePositiveUnaryTest': {
        const inside = childrenOf(node).filter(({ name }) => name !== 'CompareOp');
        return inside.map((one) => infer(one, scope)).at(-1) ?? unknown;
      }
      case 'List':
        childrenOf(node).forEach((one) => infer(one, scope));
        return aList(anything);
      case 'NamedParameter': {
        const value = childrenOf(node).at(-1);
        return value ? infer(value, scope) : unknown;
      }
      case 'InstanceOfExpression':
        childrenOf(node)
          .slice(0, 1)
          .forEach((one) => infer(one, scope));
        return aTruth;
      case 'Context':
      case 'ContextEntry':
      case 'Interval':
        childrenOf(node)
          .filter(({ name }) => name !== 'Key')
          .forEach((one) => infer(one, scope));
        return unknown;
      default:
        return unknown;
    }
  };

  const moment = (node: Node, scope: Scope): FeelType => {
    const whole = written(node);
    childrenOf(node)
      .filter(({ name }) => name === 'PositionalParameters')
      .flatMap(childrenOf)
      .forEach((one) => infer(one, scope));
    if (/^@?(date|date and time)?\s*\(?\s*"-/.test(whole) && !/"-P/.test(whole)) {
      return fault('function', `此写法不支持:公元前的日期 ${whole}`, '写公元后的日期。');
    }
    if (/^date and time/.test(whole) || /^@"\d{4,}-[^"]*T/.test(whole)) return { kind: 'moment' };
    if (/^date/.test(whole) || /^@"\d{4,}-/.test(whole)) return { kind: 'day' };
    if (/^time/.test(whole) || /^@"\d\d:/.test(whole)) return { kind: 'time' };
    return /^duration|^@"-?P/.test(whole) ? { kind: 'duration' } : unknown;
  };

  const type = infer(parseExpression(text, {}, undefined).topNode, new Map());
  return { type, faults, names: [...names] };
}

const mayBe = ({ kind }: FeelType, wanted: FeelType['kind']): boolean =>
  kind === wanted || kind === 'any' || kind === 'null';

/** Without the values that one branch alone would give. */
const open = (type: FeelType): FeelType => (type.kind === 'text' ? aText : type);

const fieldsOf = (type: ValueType | FeelType): readonly (readonly [string, FeelType])[] =>
  type.kind === 'record' ? Object.entries(type.fields) : [];

/** What `in (…)` and `between … and …` hold the first against. */
function leavesOf(node: Node): readonly Node[] {
  return childrenOf(node).flatMap((child) =>
    /UnaryTest/.test(child.name)
      ? leavesOf(child)
      : /Literal$|^VariableName$/.test(child.name)
        ? [child]
        : [],
  );
}

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && !child.type.isSkipped && !/^[(),[\]{}]$/.test(child.name))
      children.push(child);
  }
  return children;
}

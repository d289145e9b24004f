/** Finds cells that can never fit: names that nothing sets, values of the wrong type, options that do not exist. */
import { typed, type CellType, type ValueType } from '../../../engine/model/index.js';
import { passes, testsIn, type LiteralKind } from './points.js';
import type { TableRule } from './subject.js';
import { typeOfCell } from './writes.js';

const wordOf: { readonly [kind: string]: string } = {
  text: '文字',
  number: '数',
  integer: '整数',
  boolean: '是或者否',
  date: '日期',
  instant: '时刻',
  list: '清单',
  record: '一组值',
};

const howOf: { readonly [kind in LiteralKind]: string } = {
  text: '文字加英文引号，例如 "投诉"',
  number: '数不加引号，例如 >= 5',
  boolean: '写 true 或者 false，不加引号',
  date: '写 date("2026-03-02")',
  instant: '写 date and time("2026-03-02T08:00:00+08:00")',
};

export const words: TableRule = ({ table, types, known }, say) => {
  table.inputs.forEach(({ id, label, expression, type }, at) => {
    for (const { message, fix } of typed(expression, types).faults) {
      say({ element: id, message: `输入“${label}”：${message}。`, fix });
    }
    const answered = known[at];
    if (answered && !agrees(type, answered)) {
      say({
        element: id,
        message: `输入“${label}”的类型写的是${wordOf[type] ?? type}，${expression} 是${wordOf[answered.kind] ?? answered.kind}。`,
        fix: '改列的类型，或者改看另一个变量。',
      });
    }
  });
  for (const { id, number, tests, results } of table.rules) {
    tests.forEach((test, at) => {
      const input = table.inputs[at];
      if (!input) return;
      const place = `第 ${number} 行的“${input.label}”（${test}）`;
      const { literals, names } = testsIn(test);
      for (const name of names) {
        if (types.has(name) || new RegExp(`${name}\\s*\\(`).test(test)) continue;
        say({
          element: id,
          message: `${place}：没有变量 ${name}。`,
          fix: `是文字的，加英文引号："${name}"。`,
        });
      }
      for (const { kind, value } of literals) {
        if (input.type !== 'any' && !sameKind(input.type, kind)) {
          say({
            element: id,
            message: `${place}写的是${wordOf[kind] ?? kind}，这一列是${wordOf[input.type] ?? input.type}，永远不适用。`,
            fix: `${howOf[input.type === 'integer' ? 'number' : input.type]}；或者改列的类型。`,
          });
        } else if (isNoOption(value, known[at])) {
          say({
            element: id,
            message: `${place}：${input.expression} 没有选项 "${String(value)}"，有的是 ${optionsOf(known[at]).join('、')}。`,
            fix: '改成有的选项，或者先在表单里加上它。',
          });
        }
      }
    });
    results.forEach((cell, at) => {
      const output = table.outputs[at];
      if (!output || cell === 'null') return;
      const place = `第 ${number} 行的“${output.label}”（${cell}）`;
      const { type, faults } = typed(cell, types);
      for (const { message, fix } of faults) say({ element: id, message: `${place}：${message}。`, fix });
      const wanted = typeOfCell(output.type).kind;
      const vague = ['any', 'null', 'date', 'instant'];
      if (
        faults.length === 0 &&
        !vague.includes(wanted) &&
        !vague.includes(type.kind) &&
        type.kind !== wanted
      ) {
        say({
          element: id,
          message: `${place}是${wordOf[type.kind] ?? type.kind}，这一列是${wordOf[output.type] ?? output.type}。`,
          fix: '两边改成同一种值。',
        });
      }
      const text = /^"((?:[^"\\]|\\.)*)"$/.exec(cell)?.[1];
      if (text !== undefined && output.allowed !== undefined && !passes(output.allowed, text, output.type)) {
        say({ element: id, message: `${place}不在这一列的可选值里。`, fix: `可选的是 ${output.allowed}。` });
      }
    });
  }
};

const sameKind = (type: CellType, kind: LiteralKind): boolean =>
  type === kind || (type === 'integer' && kind === 'number') || (type === 'text' && kind === 'date');

const agrees = (type: CellType, { kind }: ValueType): boolean => {
  const wanted = typeOfCell(type).kind;
  const texts = ['text', 'date', 'instant'];
  return (
    [wanted, kind].includes('any') || wanted === kind || (texts.includes(wanted) && texts.includes(kind))
  );
};

const optionsOf = (type: ValueType | undefined): readonly string[] =>
  (type?.kind === 'text' ? type.values : undefined) ?? [];

const isNoOption = (value: string | number | boolean, type: ValueType | undefined): boolean =>
  typeof value === 'string' && value !== '' && optionsOf(type).length > 0 && !optionsOf(type).includes(value);

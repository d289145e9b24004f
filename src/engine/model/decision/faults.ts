/**
 * Finds what keeps a parsed table from being evaluated: every cell that is no FEEL, and missing
 * names, each with its place.
 */
import { Refusal } from '../../../kernel/refusal.js';
import { feel, feelTests } from '../feel.js';
import type { DecisionTable } from './table.js';

interface TableFault {
  /** Id of the rule or the column. */
  readonly element: string;
  readonly message: string;
  readonly fix: string;
}

/** @throws {Refusal} `definition.unsupported`, listing every fault */
export function assertDecidable(table: DecisionTable): void {
  const faults = faultsOf(table);
  if (faults.length === 0) return;
  throw new Refusal(
    'definition.unsupported',
    `决策表 ${table.key} 有 ${faults.length} 处不能用来作决定。\n${faults.map(({ message }) => message).join('\n')}`,
    { where: table.key, remedy: '请按所列各处修改决策表后重新提交。' },
  );
}

export function faultsOf({ key, inputs, outputs, rules }: DecisionTable): readonly TableFault[] {
  const found: TableFault[] = [];
  const read = (element: string, place: string, parse: () => unknown, fix: string): void => {
    try {
      parse();
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      found.push({ element, message: `${place}：${cause.message}`, fix });
    }
  };
  const tests = '写成值或者比较，例如 "投诉"、>= 5、[1..4]、not("举报")，不论的写 -。';
  const value = '写成一个值，例如 true、"已经指定承办单位"。';
  if (inputs.length === 0)
    found.push({ element: key, message: '表里没有输入列。', fix: '至少要有一列输入。' });
  if (outputs.length === 0)
    found.push({ element: key, message: '表里没有输出列。', fix: '至少要有一列输出。' });
  for (const { id, label, expression, allowed } of inputs) {
    read(id, `输入“${label}”`, () => feel(expression), '写成 FEEL，例如变量名 kind。');
    if (allowed !== undefined) read(id, `输入“${label}”的可选值`, () => feelTests(allowed), tests);
  }
  for (const [at, { id, name, label, allowed, otherwise }] of outputs.entries()) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      found.push({
        element: id,
        message: `输出“${label}”的变量名“${name.slice(0, 40)}”不合规定。`,
        fix: '输出的名称就是工单的变量名：以小写字母开头，只用字母和数字，例如 returnAdmissible。',
      });
    } else if (outputs.findIndex((other) => other.name === name) < at) {
      found.push({
        element: id,
        message: `两列输出都叫 ${name}：后一列盖掉前一列。`,
        fix: '给其中一列另起名字。',
      });
    }
    if (allowed !== undefined) read(id, `输出“${label}”的可选值`, () => feelTests(allowed), tests);
    if (otherwise !== undefined) read(id, `输出“${label}”的默认值`, () => feel(otherwise), value);
  }
  for (const rule of rules) {
    const at = (label: string | undefined): string => `第 ${rule.number} 行的“${label ?? ''}”`;
    rule.tests.forEach((test, column) =>
      read(rule.id, at(inputs[column]?.label), () => feelTests(test), tests),
    );
    rule.results.forEach((cell, column) =>
      read(rule.id, at(outputs[column]?.label), () => feel(cell), value),
    );
  }
  return found;
}

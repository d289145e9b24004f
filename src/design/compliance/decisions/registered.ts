/** Finds values of a column that its register no longer contains: a retired class, a dissolved unit. */
import type { DecisionTable, RegisterName } from '../../../engine/model/index.js';
import type { CheckContext, Registered } from '../context.js';
import { testsIn } from './points.js';
import { linesOf, type TableRule } from './subject.js';

const registerWords: { readonly [Name in RegisterName]: string } = {
  class: '诉求分类',
  trade: '行业',
  district: '区县',
  kind: '事项类别',
  unit: '单位名册',
  units: '单位名册',
  basis: '转办依据',
};

/** Undefined if the register is unknown here; then nothing is reported. */
export const registerOf = (
  { registers }: CheckContext,
  name: RegisterName | undefined,
): readonly Registered[] | undefined =>
  name === undefined ? undefined : registers[name === 'units' ? 'unit' : name];

export const registered: TableRule = ({ table, context }, say) => {
  for (const { label, register, cells } of columnsOf(table)) {
    const known = registerOf(context, register);
    if (register === undefined || known === undefined) continue;
    const values = new Set(known.map(({ value }) => value));
    const missing = new Map<string, number[]>();
    for (const [at, named] of cells.entries()) {
      for (const value of named.filter((one) => !values.has(one)))
        missing.set(value, [...(missing.get(value) ?? []), at]);
    }
    for (const [value, rows] of missing) {
      const rules = rows.flatMap((at) => table.rules[at] ?? []);
      say({
        element: rules[0]?.id ?? table.key,
        message: `${linesOf(rules)}的“${label}”：${registerWords[register]}里没有“${value}”。`,
        fix: '从名册里选；撤销了的改成接替它的，还没有的先在名册里增加。',
      });
    }
  }
};

function* columnsOf({ inputs, outputs, rules }: DecisionTable) {
  for (const [at, { label, register }] of inputs.entries())
    yield { label, register, cells: rules.map(({ tests }) => textsIn(tests[at] ?? '-')) };
  for (const [at, { label, register }] of outputs.entries()) {
    const cells = rules.map(({ results }) => namedIn(results[at] ?? 'null', register));
    yield { label, register, cells };
  }
}

const textsIn = (test: string): readonly string[] =>
  testsIn(test).literals.flatMap(({ value }) => (typeof value === 'string' ? value : []));

function namedIn(cell: string, register: RegisterName | undefined): readonly string[] {
  const text = textIn(cell);
  if (text === undefined) return [];
  return register === 'units' ? text.split('、').map((name) => name.trim()) : [text];
}

/** The text literal in a result cell; undefined for anything else. */
export const textIn = (cell: string): string | undefined =>
  /^"(?:[^"\\]|\\.)*"$/.test(cell) ? (JSON.parse(cell) as string) : undefined;

/**
 * Checks that every rule can apply: some value passes each of its cells and, under F, earlier rules
 * do not always win.
 */
import { hiddenIn, matrixOf, neverIn, withEmpty } from './regions.js';
import { registerOf } from './registered.js';
import type { TableRule } from './subject.js';

export const turns: TableRule = ({ table, plain, matrix, context }, say) => {
  if (matrix === undefined) return;
  const every = matrixOf(plain, withEmpty(matrix.points));
  for (const at of neverIn(every)) {
    const rule = plain.rules[at];
    const column = every.passes[at]?.findIndex((cell) => cell.every((one) => !one)) ?? 0;
    // A value missing from the register is reported once, for the value.
    if (!rule || registerOf(context, table.inputs[column]?.register)) continue;
    say({
      element: rule.id,
      message: `第 ${rule.number} 行永远不适用：“${table.inputs[column]?.label ?? ''}”不会是 ${rule.tests[column] ?? ''}。`,
      fix: '改成会有的值，或者删去这一行。',
    });
  }
  if (table.hitPolicy !== 'F') return;
  for (const { rule: at, behind } of hiddenIn(every)) {
    const rule = plain.rules[at];
    const before = behind.flatMap((one) => plain.rules[one]?.number ?? []);
    if (!rule) continue;
    say({
      element: rule.id,
      message: `第 ${rule.number} 行轮不到：适用它的，都先适用第 ${before.join('、')} 行。`,
      fix: '把它移到前面，或者删去。',
    });
  }
};

/** Hit policy U: two rules must never fit the same row. */
import { matrixOf, overlapsIn, withEmpty } from './regions.js';
import { inRow, type TableRule } from './subject.js';

const mostTold = 10;

export const overlaps: TableRule = ({ table, plain, unproved, matrix }, say) => {
  if (table.hitPolicy !== 'U') return;
  for (const at of unproved) {
    const rule = table.rules[at];
    if (!rule) continue;
    say({
      severity: 'warning',
      element: rule.id,
      message: `第 ${rule.number} 行用了函数或者别的变量，看不出与别的行有没有重叠。`,
      fix: '把函数写进输入的表达式，格里只写值和比较；或者改成 F（首行优先）。',
    });
  }
  if (matrix === undefined) return;
  const found = overlapsIn(matrixOf(plain, withEmpty(matrix.points)));
  for (const {
    rules: [one, other],
    row,
  } of found.slice(0, mostTold)) {
    const [first, second] = [plain.rules[one], plain.rules[other]];
    if (!first || !second) continue;
    say({
      element: second.id,
      message: `第 ${first.number} 行和第 ${second.number} 行重叠：${inRow(table, row)} 时两行都适用。`,
      fix: '改窄其中一行；本来就有先后的，把命中方式改成 F（首行优先）。',
      example: row,
    });
  }
};

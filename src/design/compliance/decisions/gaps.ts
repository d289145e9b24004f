/** Finds rows that no rule fits, where the case would be stuck. A table that collects answers them with empty lists. */
import { gapsIn, matrixOf, tooMany, withEmpty } from './regions.js';
import { inRow, type TableRule } from './subject.js';

export const gaps: TableRule = ({ table, plain, unproved, matrix, proposedTo }, say) => {
  const isProposing = proposedTo.length > 0;
  const last = isProposing
    ? '在最后加一行：各格写 -，结果写 null，就是由人决定'
    : '在最后加一行各格都写 - 的';
  if (table.hitPolicy === 'C' || table.outputs.every(({ otherwise }) => otherwise !== undefined)) return;
  const whole = table.rules.some(({ tests }) => tests.every((test) => test === '-'));
  if (whole) return;
  if (table.rules.length === 0) {
    say({ element: table.key, message: '表里还没有一行。', fix: '写上各行。' });
    return;
  }
  const found = matrix === undefined ? tooMany : gapsIn(matrix);
  if (found === tooMany) {
    say({
      element: table.key,
      message: '组合太多，核查不完有没有缺口。',
      fix: `${last}；或者拆成两张表。`,
    });
    return;
  }
  for (const row of found) {
    say({
      ...(unproved.length > 0 ? { severity: 'warning' as const } : {}),
      element: table.key,
      message: `有缺口：${inRow(table, row)} 时没有一行适用${unproved.length > 0 ? '（有函数、变量的行不算）' : ''}。`,
      fix: `给这种情形补一行，或者${last}。`,
      example: row,
    });
  }
  if (found.length > 0 || matrix === undefined) return;
  const open = gapsIn(matrixOf(plain, withEmpty(matrix.points)));
  for (const row of open === tooMany ? [] : open) {
    say({
      severity: 'warning',
      element: table.key,
      message: `没有填的时候有缺口：${inRow(table, row)} 时没有一行适用，${isProposing ? '就没有提议' : '流程会停在这里'}。`,
      fix: `写一行 null，或者${last}；确实总是填过的，提交时写明理由。`,
      example: row,
    });
  }
};

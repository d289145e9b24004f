/** CSV (RFC 4180) in UTF-8 with byte order mark, which spreadsheets need: what it is, an empty line, the table. */
import { aboutLines, finished, writerTo, type WriteRows } from '../about.js';
import { cellOf, headings } from '../row.js';
import { safeCell } from './safe-cell.js';

export const writeCsv: WriteRows = async (rows, about, out) => {
  const write = writerTo(out);
  const line = (cells: readonly (string | number)[]): Promise<void> =>
    write(`${cells.map(quoted).join(',')}\r\n`);
  await write('\ufeff');
  for (const told of aboutLines(about)) await line(told);
  await line(['']);
  await line(headings.map(([, heading]) => heading));
  for await (const row of rows) await line(headings.map(([key]) => cellOf(row, key)));
  await finished(out);
};

/** One cell, protected against formulas. */
export function quoted(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const cell = safeCell(value);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

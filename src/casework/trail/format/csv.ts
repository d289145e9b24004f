/** CSV (RFC 4180) in UTF-8 with byte order mark, which spreadsheets need. */
import { finished, writerTo, type WriteRows } from '../about.js';
import { cellOf, headings } from '../row.js';
import { safeCell } from './safe-cell.js';

export const writeCsv: WriteRows = async (rows, _about, out) => {
  const write = writerTo(out);
  await write(`\ufeff${headings.map(([, heading]) => heading).join(',')}\r\n`);
  for await (const row of rows)
    await write(`${headings.map(([key]) => quoted(cellOf(row, key))).join(',')}\r\n`);
  await finished(out);
};

/** One cell, protected against formulas. */
export function quoted(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const cell = safeCell(value);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

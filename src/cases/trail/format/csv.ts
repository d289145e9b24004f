/**
 * CSV (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need: the description, an
 * empty line, the table.
 */
import { byteOrderMark, csvLine } from '../../../kernel/csv.js';
import { aboutLines, finished, writerTo, type WriteRows } from '../about.js';
import { cellOf, headings } from '../row.js';

export const writeCsv: WriteRows = async (rows, about, out) => {
  const write = writerTo(out);
  const line = (cells: readonly (string | number)[]): Promise<void> => write(csvLine(cells));
  await write(byteOrderMark);
  for (const told of aboutLines(about)) await line(told);
  await line(['']);
  await line(headings.map(([, heading]) => heading));
  for await (const row of rows) await line(headings.map(([key]) => cellOf(row, key)));
  await finished(out);
};

import { safeCell } from '../../cases/index.js';

type Columns = Readonly<Record<string, { readonly title: string }>>;
type Row = Readonly<Record<string, string | number>>;

/** CSV (RFC 4180) in UTF-8 with byte order mark, which spreadsheets need; no cell begins a formula. */
export const csvOf = (items: Columns, rows: readonly Row[]): string =>
  `${csvHead(items)}${csvLines(items, rows)}`;

/** The titles, with the byte order mark. */
export const csvHead = (items: Columns): string =>
  `\ufeff${line(Object.values(items).map(({ title }) => title))}`;

export const csvLines = (items: Columns, rows: readonly Row[]): string =>
  rows.map((row) => line(Object.keys(items).map((key) => row[key] ?? ''))).join('');

const line = (cells: readonly (string | number)[]): string => `${cells.map(quoted).join(',')}\r\n`;

function quoted(value: string | number): string {
  const cell = typeof value === 'string' ? safeCell(value) : String(value);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

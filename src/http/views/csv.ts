import { safeCell } from '../../casework/index.js';

/** CSV (RFC 4180) in UTF-8 with byte order mark, which spreadsheets need; no cell begins a formula. */
export function csvOf(
  items: Readonly<Record<string, { readonly title: string }>>,
  rows: readonly Readonly<Record<string, string | number>>[],
): string {
  const keys = Object.keys(items);
  const lines = [
    keys.map((key) => quoted(items[key]?.title ?? key)),
    ...rows.map((row) => keys.map((key) => quoted(row[key] ?? ''))),
  ];
  return `\ufeff${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

function quoted(value: string | number): string {
  const cell = typeof value === 'string' ? safeCell(value) : String(value);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

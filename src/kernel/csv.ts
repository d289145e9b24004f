/** CSV (RFC 4180). A file begins with the byte order mark, which spreadsheets need. */
export const byteOrderMark = '\ufeff';

export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(value: string | number): string {
  const cell = typeof value === 'string' ? safeCell(value) : String(value);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Prefixes an apostrophe to texts that a spreadsheet would take for a formula: a text from a form
 * must not run on the auditor's machine.
 */
export const safeCell = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

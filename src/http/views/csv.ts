import { byteOrderMark, csvLine } from '../../kernel/csv.js';

type Columns = Readonly<Record<string, { readonly title: string }>>;
type Row = Readonly<Record<string, string | number>>;

/** CSV (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need; no cell begins a formula. */
export const csvOf = (items: Columns, rows: readonly Row[]): string =>
  `${csvHead(items)}${csvLines(items, rows)}`;

/** The titles, with the byte order mark. */
export const csvHead = (items: Columns): string =>
  byteOrderMark + csvLine(Object.values(items).map(({ title }) => title));

export const csvLines = (items: Columns, rows: readonly Row[]): string =>
  rows.map((row) => csvLine(Object.keys(items).map((key) => row[key] ?? ''))).join('');

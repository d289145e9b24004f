/** XLSX, written row by row: nothing of it stays in memory. All cells are texts or numbers, none a formula. */
import excel from 'exceljs';
import { aboutLines, type WriteRows } from '../about.js';
import { cellOf, headings } from '../row.js';
import { safeCell } from './safe-cell.js';

/** Rows of a sheet, the heading included; a spreadsheet takes 1,048,576. */
const rowsOfSheet = 1_000_000;
/** Characters that a cell takes. */
const longest = 32_767;

export const writeXlsx: WriteRows = async (rows, about, out) => {
  const book = new excel.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  });
  const first = book.addWorksheet('说明', { views: [{ showGridLines: false }] });
  first.columns = [{ width: 16 }, { width: 100 }];
  for (const line of aboutLines(about)) first.addRow(line.map(cell)).commit();
  first.commit();
  let sheet: excel.Worksheet | undefined;
  let count = 0;
  const open = (number: number): excel.Worksheet => {
    const opened = book.addWorksheet(number === 1 ? '轨迹' : `轨迹${number}`, {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    opened.columns = headings.map(([, , width]) => ({ width }));
    const heading = opened.addRow(headings.map(([, name]) => name));
    heading.font = { bold: true };
    heading.commit();
    return opened;
  };
  for await (const row of rows) {
    if (count % (rowsOfSheet - 1) === 0) {
      sheet?.commit();
      sheet = open(count / (rowsOfSheet - 1) + 1);
    }
    count += 1;
    sheet?.addRow(headings.map(([key]) => cell(cellOf(row, key)))).commit();
  }
  (sheet ?? open(1)).commit();
  await book.commit();
};

const cell = (value: string | number): string | number =>
  typeof value === 'number' ? value : safeCell(value).slice(0, longest);

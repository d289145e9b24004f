/** The trail as a workbook. */
import { finished, aboutLines, writerTo, type WriteRows } from '../about.js';
import { cellOf, headings } from '../row.js';
import { bold, frozen, workbookTo } from './workbook.js';

/** Rows per sheet, heading included; spreadsheets allow 1,048,576. */
const rowsOfSheet = 1_000_000;

export const writeXlsx: WriteRows = async (rows, about, out) => {
  const book = workbookTo(writerTo(out));
  let sheets = 0;
  let count = 0;

  await book.open('说明', [16, 100], '<sheetView showGridLines="0" workbookViewId="0"/>');
  for (const line of aboutLines(about)) await book.row(line);
  await book.row([]);
  await book.row(['各栏'], bold);
  for (const [, heading, , meaning] of headings) await book.row([heading, meaning]);
  await book.close();
  const openNext = async (): Promise<void> => {
    sheets += 1;
    await book.open(
      sheets === 1 ? '轨迹' : `轨迹${sheets}`,
      headings.map(([, , width]) => width),
      frozen,
    );
    await book.row(
      headings.map(([, heading]) => heading),
      bold,
    );
  };
  await openNext();
  for await (const one of rows) {
    if (count > 0 && count % (rowsOfSheet - 1) === 0) {
      await book.close();
      await openNext();
    }
    count += 1;
    await book.row(headings.map(([key]) => cellOf(one, key)));
  }
  await book.close();
  await book.end();
  await finished(out);
};

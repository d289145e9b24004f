/** Formula injection: tests every column of every exported table, and the descriptive lines. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import excel from 'exceljs';
import { aboutLines, type About } from '../../../src/cases/trail/about.js';
import { writeCsv } from '../../../src/cases/trail/format/csv.js';
import { writeXlsx } from '../../../src/cases/trail/format/xlsx.js';
import { headings, type Row } from '../../../src/cases/trail/row.js';
import { coverIn, tableIn } from '../../support/exported-table.js';

/** Beginnings of cells that a spreadsheet would calculate; Chinese ones also accept full-width characters. */
const beginnings = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const formula = (beginning: string): string => `${beginning}HYPERLINK("http://evil.example","点这里")`;
const numbers: readonly (keyof Row)[] = ['index', 'seq'];
const lists: readonly (keyof Row)[] = ['due', 'provisions', 'levels'];

/** Fields that are no columns of tables. */
const ofLogs = {
  stream: '甲',
  isCase: false,
  type: '',
  activity: '',
  at: '',
  provisionIds: [],
  deeds: [],
  things: [],
  altered: false,
};

/** A row whose texts all begin like that. */
function rowOf(beginning: string): Row {
  const text = formula(beginning);
  const cells = headings.map(([key]) => [
    key,
    numbers.includes(key) ? 1 : lists.includes(key) ? [text, text] : text,
  ]);
  return { ...ofLogs, ...(Object.fromEntries(cells) as Omit<Row, keyof typeof ofLogs>) };
}

async function* rows(): AsyncIterable<Row> {
  for (const beginning of beginnings) yield await Promise.resolve(rowOf(beginning));
}

const about: About = {
  title: formula('='),
  requester: formula('+'),
  exporter: formula('-'),
  purpose: formula('-'),
  at: formula('@'),
  entries: beginnings.length,
  checkpoint: { size: 1, signedAt: '', vkey: formula('=') },
};

describe('导出的表格里藏的公式', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-formulas-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('csv：每一列，每一种开头，都加撇号', async () => {
    const file = join(folder, 'out.csv');
    await writeCsv(rows(), about, createWriteStream(file));
    const bytes = await readFile(file);
    const read = tableIn(bytes);
    for (const [name, value] of aboutLines(about))
      expect(coverIn(bytes)[name], name).to.equal(/^[=+\-@]/.test(value) ? `'${value}` : value);
    expect(read).to.have.length(beginnings.length);
    for (const [at, beginning] of beginnings.entries()) {
      for (const [key, heading] of headings) {
        const cell = read[at]?.[heading] ?? '';
        const wanted = numbers.includes(key) ? '1' : `'${formula(beginning)}`;
        expect(cell.startsWith(wanted), `${heading} ${JSON.stringify(cell)}`).to.equal(true);
      }
    }
  });

  it('xlsx：每一列，每一种开头，说明的每一行，都是加了撇号的文字', async () => {
    const file = join(folder, 'out.xlsx');
    await writeXlsx(rows(), about, createWriteStream(file));
    const book = new excel.Workbook();
    await book.xlsx.readFile(file);
    const told = book.getWorksheet('说明');
    for (const [at, [name, value]] of aboutLines(about).entries()) {
      const cell = told?.getRow(at + 1).getCell(2);
      expect(cell?.type, name).to.equal(excel.ValueType.String);
      expect(cell?.value, name).to.equal(/^[=+\-@]/.test(value) ? `'${value}` : value);
    }
    const table = book.getWorksheet('轨迹');
    for (const [at, beginning] of beginnings.entries()) {
      for (const [column, [key, heading]] of headings.entries()) {
        const cell = table?.getRow(at + 2).getCell(column + 1);
        if (numbers.includes(key)) {
          expect(cell?.value, heading).to.equal(1);
        } else {
          expect(cell?.type, heading).to.equal(excel.ValueType.String);
          // XML readers turn a carriage return into a line feed.
          const wanted = `'${formula(beginning)}`.replaceAll('\r', '\n');
          expect((cell?.text ?? '').startsWith(wanted), `${heading} ${cell?.text ?? ''}`).to.equal(true);
        }
      }
    }
  });
});

/** Writes a workbook (XLSX, ECMA-376) row by row. All cells are texts or numbers, never formulas. */
import { safeCell } from '../../../kernel/csv.js';
import { xmlText } from '../../../kernel/xml-text.js';
import { zipStream } from './zip-stream.js';

/** Most characters per cell. */
const longest = 32_767;

export interface Workbook {
  /** Begins a sheet. */
  open(name: string, widths: readonly number[], view: string): Promise<void>;
  row(cells: readonly (string | number)[], style?: number): Promise<void>;
  close(): Promise<void>;
  end(): Promise<void>;
}

export function workbookTo(write: (bytes: Uint8Array) => Promise<void>): Workbook {
  const zip = zipStream(write);
  const names: string[] = [];
  let written = 0;
  return {
    open: async (name, widths, view) => {
      names.push(name);
      written = 0;
      await zip.open(`xl/worksheets/sheet${names.length}.xml`);
      const columns = widths.map(
        (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
      );
      await zip.write(
        `${head}<worksheet xmlns="${main}"><sheetViews>${view}</sheetViews><cols>${columns.join('')}</cols><sheetData>`,
      );
    },
    row: (cells, style = 0) => {
      written += 1;
      return zip.write(
        `<row r="${written}">${cells.map((value, at) => cell(value, at, written, style)).join('')}</row>`,
      );
    },
    close: async () => {
      await zip.write('</sheetData></worksheet>');
      await zip.close();
    },
    end: async () => {
      for (const [file, content] of parts(names)) {
        await zip.open(file);
        await zip.write(head + content);
        await zip.close();
      }
      await zip.end();
    },
  };
}

export const bold = 1;
export const frozen =
  '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>';

function cell(value: string | number, column: number, row: number, style: number): string {
  const place = `r="${String.fromCharCode(65 + column)}${row}"${style === 0 ? '' : ` s="${style}"`}`;
  if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
  // XML readers turn a carriage return into a line feed.
  const text = xmlText(safeCell(value).slice(0, longest).replaceAll(/\r\n?/g, '\n'));
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The fixed parts of a workbook. */
const parts = (names: readonly string[]): readonly (readonly [file: string, content: string])[] => [
  [
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${relations}">${names
      .map(
        (_, at) =>
          `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="styles" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    'xl/styles.xml',
    `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    '[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>${names
      .map(
        (_, at) =>
          `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${kind}.worksheet+xml"/>`,
      )
      .join('')}</Types>`,
  ],
];

/** A report for reading and filing: a cover with the verification result, the entries, page numbers. */
import Pdf from 'pdfkit';
import type { Writable } from 'node:stream';
import { notoSansSc } from '../../noto.js';
import { aboutLines, type About } from '../about.js';
import type { Row } from '../row.js';
import { lawOf } from '../../../kernel/law.js';

/** Result of verifying the export's chains. */
export interface Verified {
  readonly streams: number;
  readonly broken: readonly { readonly stream: string; readonly finding: string }[];
}

const margin = 48;
const columns: readonly (readonly [string, number, (row: Row) => string])[] = [
  ['链 / 序号', 92, (row) => `${row.stream}\n第 ${row.seq} 条`],
  ['时刻', 78, (row) => row.at.replace('T', '\n').slice(0, 19)],
  ['事项', 150, (row) => row.what],
  ['办理人', 78, (row) => row.actor],
  ['条文', 60, (row) => row.provisions.slice(0, 4).join('\n')],
  ['哈希', 41, (row) => row.leaf.slice(0, 16)],
];

export async function writePdf(
  rows: AsyncIterable<Row>,
  about: About,
  verified: Verified,
  out: Writable,
): Promise<void> {
  const pdf = new Pdf({
    size: 'A4',
    margin,
    info: { Title: `审计轨迹 ${about.title}`, Author: about.requester },
  });
  const written = new Promise<void>((resolve, reject) => {
    out.once('finish', resolve);
    out.once('error', reject);
    pdf.once('error', reject);
  });
  pdf.pipe(out);
  pdf.registerFont('text', notoSansSc).font('text');
  let page = 1;
  const number = (): void => {
    const { y } = pdf;
    pdf.page.margins.bottom = 0;
    pdf
      .fontSize(8)
      .text(`第 ${page} 页`, margin, pdf.page.height - 32, { align: 'center', lineBreak: false });
    pdf.page.margins.bottom = margin;
    pdf.x = margin;
    pdf.y = y;
  };
  cover(pdf, about, verified);
  number();
  let y = Number.POSITIVE_INFINITY;
  for await (const row of rows) {
    const cells = columns.map(([, , cell]) => cell(row));
    pdf.fontSize(8);
    const height = 6 + Math.max(...cells.map((cell, at) => pdf.heightOfString(cell, { width: widthOf(at) })));
    if (y + height > pdf.page.height - margin - 10) {
      pdf.addPage();
      page += 1;
      number();
      y = line(
        pdf,
        columns.map(([name]) => name),
        margin,
        true,
      );
    }
    y = line(pdf, cells, y, false, height);
    if (!pdf.readableFlowing) await new Promise((resolve) => setImmediate(resolve));
  }
  pdf.end();
  await written;
}

const widthOf = (at: number): number => (columns[at]?.[1] ?? 0) - 6;

function line(
  pdf: PDFKit.PDFDocument,
  cells: readonly string[],
  y: number,
  heading: boolean,
  height = 18,
): number {
  let x = margin;
  pdf.fontSize(8).fillColor(heading ? '#5a6b7b' : '#1c2733');
  cells.forEach((cell, at) => {
    pdf.text(cell, x, y + 3, { width: widthOf(at), height: height - 3, ellipsis: true });
    x += columns[at]?.[1] ?? 0;
  });
  pdf
    .moveTo(margin, y + height)
    .lineTo(x, y + height)
    .lineWidth(0.4)
    .strokeColor('#c6d0da')
    .stroke();
  return y + height;
}

function cover(pdf: PDFKit.PDFDocument, about: About, { streams, broken }: Verified): void {
  pdf
    .fontSize(22)
    .text('审计轨迹', margin, 120)
    .fontSize(11)
    .moveDown(0.5)
    .text('12345 市民服务热线')
    .moveDown(2);
  for (const [name, text] of aboutLines(about)) pdf.fontSize(10).text(`${name}:${text}`).moveDown(0.5);
  pdf.moveDown(1.5).fontSize(12).text('导出时核验了什么').fontSize(10).moveDown(0.5);
  if (broken.length === 0) {
    pdf.text(
      `按原始字节重算了所涉及的 ${streams} 条链的哈希,每一条都接得上,没有缺、换、挪(${lawOf('trail')})。`,
    );
  } else {
    pdf.fillColor('#b3261e').text(`所涉及的 ${streams} 条链中有 ${broken.length} 条核验不过:`);
    for (const { stream, finding } of broken.slice(0, 20)) pdf.text(`${stream}:${finding}`);
    pdf.fillColor('#1c2733');
  }
  pdf
    .moveDown(0.5)
    .text(
      '本报告便于阅读,不是证明:每一条在全库哈希树中的证明在同一范围的审计包(ZIP)里,由审计机关用自己保存的核验程序和公钥核对。',
    );
}

import Pdf from 'pdfkit';
import { notoSansSc } from '../../noto.js';
import type { Block } from './document.js';
import { serviceTitle, type Law } from '../../../kernel/law.js';

/** Points: 37 mm, 28 mm, 35 mm, 26 mm. */
const margins = { top: 105, left: 79, bottom: 99, right: 74 };
const black = '#000000';

/** @param at creation date in the file; fixed, so that the same content gives the same bytes */
export async function publicationPdf(
  title: string,
  blocks: readonly Block[],
  at: Date,
  law: Law,
): Promise<Buffer> {
  const pdf = new Pdf({
    size: 'A4',
    margins,
    info: { Title: title, Author: serviceTitle(law), CreationDate: at },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.once('end', resolve);
    pdf.once('error', reject);
  });
  pdf.registerFont('text', notoSansSc).font('text').fillColor(black);
  for (const block of blocks) write(pdf, block);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function write(pdf: PDFKit.PDFDocument, block: Block): void {
  switch (block.part) {
    case 'title':
      pdf.fontSize(20).text(block.text, { align: 'center' }).moveDown(0.6);
      break;
    case 'number':
      pdf.fontSize(13).text(block.text, { align: 'center' }).moveDown(0.8);
      break;
    case 'heading':
      pdf.fontSize(14).moveDown(0.5).text(block.text, { indent: 28 }).moveDown(0.2);
      break;
    case 'subheading':
      pdf.fontSize(13).moveDown(0.2).text(block.text, { indent: 26 });
      break;
    case 'text':
      pdf.fontSize(12).text(block.text, { indent: 24, lineGap: 3 });
      break;
    case 'sign':
      pdf.fontSize(12).moveDown(0.8).text(block.text, { align: 'right' });
      break;
    case 'table':
      pdf.fontSize(block.head.length > 6 ? 7 : 10).moveDown(0.3);
      pdf.table({ data: [block.head, ...block.rows].map((row) => [...row]) });
      pdf.moveDown(0.5);
      pdf.x = margins.left;
  }
}

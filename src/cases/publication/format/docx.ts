/** Layout of official documents (GB/T 9704): centred title with number, indented text, signature on the right. */
import {
  AlignmentType,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import type { Block } from './document.js';
import { serviceTitle, type Law } from '../../../kernel/law.js';

/** Half points: 二号, 三号, 小四. */
const [second, third, small] = [44, 32, 24];
/** Twentieths of a point: margins 37 mm, 28 mm, 35 mm, 26 mm; indentation of two characters of 三号. */
const page = { top: 2098, left: 1587, bottom: 1984, right: 1474 };
const twoCharacters = 640;

export async function publicationDocx(title: string, blocks: readonly Block[], law: Law): Promise<Buffer> {
  const file = new Document({
    title,
    creator: serviceTitle(law),
    sections: [{ properties: { page: { margin: page } }, children: blocks.map(childOf) }],
  });
  return Packer.toBuffer(file);
}

function childOf(block: Block): Paragraph | Table {
  switch (block.part) {
    case 'title':
      return paragraph(block.text, '方正小标宋简体', second, {
        alignment: AlignmentType.CENTER,
        spacing: { after: 240 },
      });
    case 'number':
      return paragraph(block.text, '仿宋', third, {
        alignment: AlignmentType.CENTER,
        spacing: { after: 240 },
      });
    case 'heading':
      return paragraph(block.text, '黑体', third, { indent: { firstLine: twoCharacters }, keepNext: true });
    case 'subheading':
      return paragraph(block.text, '楷体', third, { indent: { firstLine: twoCharacters }, keepNext: true });
    case 'text':
      return paragraph(block.text, '仿宋', third, { indent: { firstLine: twoCharacters } });
    case 'sign':
      return paragraph(block.text, '仿宋', third, {
        alignment: AlignmentType.RIGHT,
        indent: { right: twoCharacters },
        spacing: { before: 200 },
      });
    case 'table':
      return new Table({
        width: { size: 100, type: WidthType.PERCENTAGE },
        rows: [block.head, ...block.rows].map(
          (cells, index) =>
            new TableRow({
              tableHeader: index === 0,
              children: cells.map(
                (cell) =>
                  new TableCell({
                    children: cell
                      .split('\n')
                      .map((line) => paragraph(line, index === 0 ? '黑体' : '仿宋', small, {})),
                  }),
              ),
            }),
        ),
      });
  }
}

const paragraph = (text: string, font: string, size: number, options: IParagraphOptions): Paragraph =>
  new Paragraph({
    ...options,
    children: [new TextRun({ text, font: { name: font, eastAsia: font }, size })],
  });

/** A tagged PDF (ISO 32000 14.8): headings, paragraphs and tables for screen readers, bookmarks, page numbers. */
import Pdf from 'pdfkit';
import type { Writable } from 'node:stream';
import { notoSansSc } from '../../../noto.js';

export interface Column {
  readonly title: string;
  /** Width in points. */
  readonly width: number;
}

export interface TaggedPdf {
  /** Begins a page with a heading, which also becomes a bookmark. @param under level of the parent bookmark */
  heading(text: string, level: 1 | 2, options?: { readonly samePage?: boolean }): void;
  paragraph(text: string, options?: { readonly size?: number; readonly color?: string }): void;
  /** A table; its headings are repeated on each page. */
  table(
    columns: readonly Column[],
    size?: number,
  ): { row(cells: readonly string[]): Promise<void>; end(): void };
  end(): Promise<void>;
}

/** The font has no glyph for ✖. */
const drawn = (text: string): string => text.replaceAll('✖', '×');

const margin = 40;
const ink = '#1c2733';
const soft = '#5a6b7b';
const rule = '#c6d0da';
/** The library's types lack this option. */
const columnHead: PDFKit.Mixins.StructureElementOptions & { readonly scope: 'Column' } = { scope: 'Column' };
/**
 * Declares PDF/UA in the metadata; veraPDF confirms it (docs/decisions/trail.md). The types of
 * pdfkit lack this option.
 */
const universal: object = { subset: 'PDF/UA' };
/** Points; a taller cell is cut, so that a page holds at least two rows. */
const tallestRow = 220;

/** @param at creation date in the file; fixed, so that the same content gives the same bytes */
export function taggedPdf(
  { title, author, at }: { readonly title: string; readonly author: string; readonly at: Date },
  out: Writable,
): TaggedPdf {
  const pdf = new Pdf({
    size: 'A4',
    layout: 'landscape',
    margin,
    pdfVersion: '1.7',
    ...universal,
    lang: 'zh-CN',
    tagged: true,
    displayTitle: true,
    autoFirstPage: false,
    info: { Title: title, Author: author, CreationDate: at },
  });
  const written = new Promise<void>((resolve, reject) => {
    out.once('finish', resolve);
    out.once('error', reject);
    pdf.once('error', reject);
  });
  // Prevents an unhandled rejection before the promise is awaited at the end.
  written.catch(() => undefined);
  pdf.pipe(out);
  pdf.registerFont('text', notoSansSc).font('text');
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  let page = 0;
  let chapter: PDFKit.PDFOutline | undefined;

  /** Marks lines and page numbers as no content, so that screen readers skip them. */
  const artifact = (type: 'Layout' | 'Pagination', draw: () => void): void => {
    pdf.markContent('Artifact', { type });
    draw();
    pdf.endMarkedContent();
  };
  const nextPage = (): void => {
    pdf.addPage();
    page += 1;
    artifact('Pagination', () => {
      pdf.page.margins.bottom = 0;
      pdf.fontSize(8).fillColor(soft);
      pdf.text(`第 ${page} 页`, margin, pdf.page.height - 26, { align: 'center', lineBreak: false });
      pdf.page.margins.bottom = margin;
    });
    pdf.x = margin;
    pdf.y = margin;
  };
  const room = (): number => pdf.page.height - margin - pdf.y;
  const marked = (parent: PDFKit.PDFStructureElement, type: string, write: () => void): void => {
    parent.add(pdf.struct(type, {}, write));
  };

  const write: TaggedPdf = {
    heading: (text, level, { samePage = false } = {}) => {
      if (!samePage || page === 0 || room() < 120) nextPage();
      else pdf.y += level === 1 ? 16 : 12;
      const bookmark = level === 1 || !chapter ? pdf.outline : chapter;
      const added = bookmark.addItem(text, { expanded: level === 1 });
      if (level === 1) chapter = added;
      marked(root, `H${level}`, () => {
        pdf
          .fontSize(level === 1 ? 17 : 12)
          .fillColor(ink)
          .text(drawn(text), margin);
      });
      pdf.y += level === 1 ? 8 : 5;
    },
    paragraph: (text, { size = 10, color = ink } = {}) => {
      pdf.fontSize(size);
      if (pdf.heightOfString(text) > room()) nextPage();
      marked(root, 'P', () => {
        pdf.fontSize(size).fillColor(color).text(drawn(text), margin, undefined, { lineGap: 2 });
      });
      pdf.y += size * 0.4;
    },
    table: (columns, size = 8) => {
      const element = pdf.struct('Table');
      root.add(element);
      const widthOf = (at: number): number => (columns[at]?.width ?? 0) - 6;
      const total = columns.reduce((sum, { width }) => sum + width, 0);
      const draw = (
        cells: readonly string[],
        height: number,
        cell: (at: number, write: () => void) => void,
      ) => {
        const top = pdf.y;
        let x = margin;
        for (const [at, text] of cells.entries()) {
          const left = x;
          cell(at, () => {
            pdf.text(drawn(text), left, top + 3, { width: widthOf(at), height: height - 4, ellipsis: true });
          });
          x += columns[at]?.width ?? 0;
        }
        artifact('Layout', () => {
          const bottom = top + height;
          pdf
            .moveTo(margin, bottom)
            .lineTo(margin + total, bottom)
            .lineWidth(0.4)
            .strokeColor(rule)
            .stroke();
        });
        pdf.x = margin;
        pdf.y = top + height;
      };
      const head = (isFirst: boolean): void => {
        pdf.fontSize(size).fillColor(soft);
        const titles = columns.map(({ title: name }) => name);
        if (!isFirst) {
          draw(titles, size + 10, (_at, cell) => artifact('Layout', cell));
          return;
        }
        const row = pdf.struct('TR');
        element.add(row);
        draw(titles, size + 10, (_at, cell) => row.add(pdf.struct('TH', columnHead, cell)));
        row.end();
      };
      if (room() < 60) nextPage();
      head(true);
      return {
        row: async (cells) => {
          pdf.fontSize(size);
          const heights = cells.map((text, at) => pdf.heightOfString(text, { width: widthOf(at) }));
          const height = Math.min(tallestRow, 7 + Math.max(...heights));
          if (height > room()) {
            nextPage();
            head(false);
          }
          pdf.fontSize(size).fillColor(ink);
          const row = pdf.struct('TR');
          element.add(row);
          draw(cells, height, (_at, cell) => marked(row, 'TD', cell));
          row.end();
          if (!pdf.readableFlowing) await new Promise((resolve) => setImmediate(resolve));
        },
        end: () => {
          element.end();
          pdf.y += 8;
        },
      };
    },
    end: async () => {
      root.end();
      pdf.end();
      await written;
    },
  };
  return write;
}

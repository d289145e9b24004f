/** A publication as a file. */
import type { PublicationContent } from '../../../assessment/index.js';
import { publicationCsv } from './csv.js';
import { documentOf } from './document.js';
import { publicationDocx } from './docx.js';
import { publicationPdf } from './pdf.js';

export type PublicationFormat = 'json' | 'csv' | 'docx' | 'pdf';

/** @param at when it was drafted or published */
export async function renderPublication(
  content: PublicationContent,
  format: PublicationFormat,
  at: Date,
): Promise<Buffer> {
  switch (format) {
    case 'json':
      return Buffer.from(JSON.stringify(content, null, 2));
    case 'csv':
      return Buffer.from(publicationCsv(content));
    case 'docx':
      return publicationDocx(content.title, documentOf(content));
    case 'pdf':
      return publicationPdf(content.title, documentOf(content), at);
  }
}

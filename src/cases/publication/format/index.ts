/** A publication as a file. */
import type { PublicationContent } from '../../../measures/assessment/index.js';
import { publicationCsv } from './csv.js';
import { documentOf, type Block } from './document.js';
import type { Law } from '../../../kernel/law.js';

export type PublicationFormat = 'json' | 'csv' | 'docx' | 'pdf';

/** Any official document, as docx; loads the library only then. */
export const officialDocx = async (title: string, blocks: readonly Block[], law: Law): Promise<Buffer> =>
  (await import('./docx.js')).publicationDocx(title, blocks, law);

/** @param at when the publication was drafted or published */
export async function renderPublication(
  content: PublicationContent,
  format: PublicationFormat,
  at: Date,
  law: Law,
): Promise<Buffer> {
  switch (format) {
    case 'json':
      return Buffer.from(JSON.stringify(content, null, 2));
    case 'csv':
      return Buffer.from(publicationCsv(content));
    case 'docx':
      return officialDocx(content.title, documentOf(content, law), law);
    case 'pdf':
      return (await import('./pdf.js')).publicationPdf(content.title, documentOf(content, law), at, law);
  }
}

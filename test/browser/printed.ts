/** A page as printed, read back from the PDF. */
import { PDFParse } from 'pdf-parse';
import type { Page } from 'playwright-core';

/** @returns the number of A4 sheets, and the text without spaces */
export async function printed(page: Page): Promise<{ readonly sheets: number; readonly said: string }> {
  await page.emulateMedia({ media: 'print' });
  const parser = new PDFParse({ data: await page.pdf({ format: 'A4' }) });
  const { text, total } = await parser.getText();
  await parser.destroy();
  // If two characters share a glyph, it may be read back as the radical.
  const said = text.normalize('NFKC').replaceAll(/\s/g, '').replaceAll('⺠', '民');
  return { sheets: total, said };
}

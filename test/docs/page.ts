/** A page of docs/reference: what the program prints of itself. */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { packageRoot } from '../../src/kernel/package-root.js';
import { withFullWidthMarks } from '../../tools/chinese-marks.js';

export interface Page {
  /** In docs/reference. */
  readonly name: string;
  readonly title: string;
  /** What it is written from, in Markdown. */
  readonly source: string;
  /** Markdown below the title. */
  readonly body: () => string | Promise<string>;
}

export const fileOf = ({ name }: Page): string => join(packageRoot, 'docs/reference', name);

/** @returns the page as prettier has it */
export async function written(page: Page): Promise<string> {
  const head = `# ${page.title}\n\n由程序按 ${page.source} 写出，不要手改；重写：\`npx tsx test/docs/reference.ts\`。\n\n`;
  const file = fileOf(page);
  return format(withFullWidthMarks(file, head + (await page.body())), {
    ...(await resolveConfig(file)),
    parser: 'markdown',
  });
}

/** @param rows without the heading */
export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows.map((cells) => cells.map(cell))]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

/** Names of pages become links from docs/reference. */
export const linked = (text: string): string => text.replaceAll(/(?<![\w/`-])([a-z/-]+\.md)/g, '[$1](../$1)');

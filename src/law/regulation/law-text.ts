/** Reads the text of a law as published: chapters, sections, articles, paragraphs, items. Runs in browsers. */
import { provisionLabel } from '../../kernel/provision-label.js';

export interface LawText {
  readonly title: string;
  /** `YYYY-MM-DD`, as far as the text says them. */
  readonly adoptedOn: string | undefined;
  readonly approvedOn: string | undefined;
  readonly inForceFrom: string | undefined;
  readonly chapters: readonly LawChapter[];
  /** What makes it no law, or a damaged one, in the order of the lines. */
  readonly faults: readonly TextFault[];
}

interface LawChapter {
  readonly chapter: number;
  readonly title: string;
  readonly articles: readonly LawArticle[];
}

export interface LawArticle {
  /** `artN`, or `artN-K` for 第N条之K. */
  readonly id: string;
  /** The heading of the section that begins with this article. */
  readonly section: string | undefined;
  readonly paragraphs: readonly { readonly words: string; readonly items: readonly string[] }[];
  /** In the file, from 1. */
  readonly line: number;
}

interface TextFault {
  readonly line: number;
  readonly what: string;
  readonly fix: string;
}

/** A sentence with its provision, as in the file. */
export interface Sentence {
  /** Undefined: an article number that cannot be read. */
  readonly provision: string | undefined;
  /** With the sign of the item. */
  readonly words: string;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

const numerals = '[一二三四五六七八九十百零〇]+';
const chapterLine = new RegExp(`^[#\\s]*第(${numerals})章\\s*(.*)$`);
const sectionLine = new RegExp(`^[#\\s]*第${numerals}节\\s*(.*)$`);
const articleLine = new RegExp(`^(第${numerals}条(?:之${numerals})?)[\\s:：]*(.*)$`);
const itemLine = new RegExp(`^[（(](${numerals})[)）]\\s*(.*)$`);
/** A chapter's title in a marked-up text that gives it no number. */
const headingLine = /^#{2,}\s*(.+)$/;

/** Numbers that a law may have, by their Chinese writing. */
const numbers = new Map(
  Array.from({ length: 999 }, (_, index) => [provisionLabel(`art${index + 1}`).slice(1, -1), index + 1]),
);
const numberOf = (chinese: string): number | undefined => numbers.get(chinese.replaceAll('〇', '零'));

function articleId(label: string): string | undefined {
  const [, article = '', inserted] = /^第(.+?)条(?:之(.+))?$/.exec(label) ?? [];
  const [number, after] = [numberOf(article), inserted === undefined ? 0 : numberOf(inserted)];
  if (number === undefined || after === undefined) return undefined;
  return after === 0 ? `art${number}` : `art${number}-${after}`;
}

/** Lines with text; comments of marked-up texts are left out. */
function linesOf(text: string): Line[] {
  const shown = text.replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ''));
  return shown
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, text: line.replaceAll('\u3000', ' ').trim() }))
    .filter(({ text: one }) => one !== '');
}

/** The sentences of the articles with their provisions; duplicates are kept. */
export function sentencesIn(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let article: string | undefined;
  let [isWithin, paragraph, item] = [false, 0, 0];
  for (const { text: line } of linesOf(text)) {
    if (chapterLine.test(line) || sectionLine.test(line) || headingLine.test(line)) {
      isWithin = false;
      continue;
    }
    const begun = articleLine.exec(line);
    if (begun) [isWithin, article, paragraph, item] = [true, articleId(begun[1] ?? ''), 0, 0];
    const words = begun ? (begun[2] ?? '') : line;
    if (!isWithin || words === '') continue;
    if (itemLine.test(words) && paragraph > 0) item += 1;
    else [paragraph, item] = [paragraph + 1, 0];
    const place = `${article ?? ''}.p${paragraph}${item > 0 ? `.i${item}` : ''}`;
    sentences.push({ provision: article === undefined ? undefined : place, words });
  }
  return sentences;
}

export function readLaw(text: string): LawText {
  const lines = linesOf(text);
  const reading = new Reading();
  const body = bodyOf(lines);
  for (const line of body) reading.take(line);
  const chapters = reading.chapters.map(({ articles, ...chapter }) => ({
    ...chapter,
    articles: articles.map(({ paragraphs, ...article }) => ({ ...article, paragraphs })),
  }));
  const title = lines.find(({ text: line }) => !line.startsWith('目录'))?.text.replace(/^#+\s*/, '') ?? '';
  return { title, ...datesOf(lines), chapters, faults: [...reading.faults, ...faultsOf(chapters, lines)] };
}

/** Without what stands before the first chapter or article, and without a table of contents. */
function bodyOf(lines: readonly Line[]): readonly Line[] {
  const firstArticle = lines.findIndex(({ text }) => articleLine.test(text));
  if (firstArticle < 0) return [];
  const heading = ({ text }: Line): boolean => chapterLine.test(text) || headingLine.test(text);
  const before = lines.slice(0, firstArticle);
  const first = before.findIndex(heading);
  if (first < 0) return lines.slice(firstArticle);
  const wanted = before[first]?.text.replaceAll(/[#\s]/g, '');
  const again = before.findLastIndex(({ text }) => text.replaceAll(/[#\s]/g, '') === wanted);
  return lines.slice(again);
}

type Written<T> = { -readonly [Key in keyof T]: T[Key] };
interface OpenArticle extends Written<Omit<LawArticle, 'paragraphs'>> {
  paragraphs: { words: string; items: string[] }[];
}

class Reading {
  readonly chapters: { chapter: number; title: string; articles: OpenArticle[] }[] = [];
  readonly faults: TextFault[] = [];
  #section: string | undefined;

  take({ number, text }: Line): void {
    const chapter = chapterLine.exec(text);
    if (chapter) return this.#begin(number, chapter[2] ?? '', numberOf(chapter[1] ?? ''));
    const section = sectionLine.exec(text);
    if (section) {
      this.#section = section[1] ?? '';
      return;
    }
    const heading = headingLine.exec(text);
    if (heading) return this.#begin(number, heading[1] ?? '', this.chapters.length + 1);
    const article = articleLine.exec(text);
    if (article) return this.#article(number, article[1] ?? '', article[2] ?? '');
    this.#words(number, text);
  }

  #begin(line: number, title: string, chapter: number | undefined): void {
    const wanted = this.chapters.length + 1;
    this.#section = undefined;
    this.chapters.push({ chapter: wanted, title: title.replaceAll(/\s/g, ''), articles: [] });
    if (chapter === wanted) return;
    const what =
      chapter !== undefined && chapter < wanted
        ? `第${provisionLabel(`art${chapter}`).slice(1, -1)}章写了两次，或者次序不对`
        : `少了第${provisionLabel(`art${wanted}`).slice(1, -1)}章`;
    this.faults.push({ line, what, fix: '补上少的一章；各章依次，各写一次' });
  }

  #article(line: number, label: string, words: string): void {
    const id = articleId(label);
    if (id === undefined) {
      this.faults.push({
        line,
        what: `认不出“${label}”是第几条`,
        fix: '写作“第几条”“第几条之几”，数字用中文',
      });
      return;
    }
    if (this.chapters.length === 0) this.chapters.push({ chapter: 1, title: '全文', articles: [] });
    this.chapters.at(-1)?.articles.push({
      id,
      section: this.#section,
      paragraphs: words === '' ? [] : [paragraph(words)],
      line,
    });
    this.#section = undefined;
  }

  #words(line: number, text: string): void {
    const article = this.chapters.at(-1)?.articles.at(-1);
    if (!article) {
      this.faults.push({ line, what: '这一行不在任何一条里', fix: '每条以“第几条”起头；标题写作“第几章”' });
      return;
    }
    const item = itemLine.exec(text);
    const last = article.paragraphs.at(-1);
    if (!item || !last) {
      article.paragraphs.push(paragraph(text));
      return;
    }
    last.items.push(item[2] ?? '');
    const number = numberOf(item[1] ?? '');
    if (number !== last.items.length)
      this.faults.push({
        line,
        what: `${provisionLabel(article.id)}的第${item[1] ?? ''}项前面少了一项，或者写了两次`,
        fix: '各项依次写作（一）（二）（三）',
      });
  }
}

const paragraph = (words: string) => ({ words, items: [] as string[] });

function faultsOf(chapters: readonly LawChapter[], lines: readonly Line[]): TextFault[] {
  const articles = chapters.flatMap((chapter) => chapter.articles);
  if (articles.length < 3)
    return [
      {
        line: lines[0]?.number ?? 1,
        what: '这不是一部法：没有“第几条”这样的条文',
        fix: '放整部法的纯文本，题目在第一行，每条自成一段，款、项各自成行',
      },
    ];
  const seen = new Map<string, number>();
  let wanted = 1;
  let previous = '';
  return articles.flatMap(({ id, line, paragraphs }) => {
    const twice = seen.get(id);
    seen.set(id, line);
    const found: TextFault[] = [];
    if (paragraphs.length === 0)
      found.push({ line, what: `${provisionLabel(id)}没有条文`, fix: '补上这一条的文字' });
    if (twice !== undefined)
      return [
        ...found,
        { line, what: `${provisionLabel(id)}写了两次，第 ${twice} 行已经有`, fix: '删去一条，或者改正条号' },
      ];
    const [, article = '', inserted] = /^art(\d+)(?:-(\d+))?$/.exec(id) ?? [];
    if (inserted === undefined && Number(article) !== wanted)
      found.push({
        line,
        what: `应当是${provisionLabel(`art${wanted}`)}，实际是${provisionLabel(id)}`,
        fix: '补上少的条文，或者改正条号',
      });
    const follows = Number(inserted) === 1 ? `art${article}` : `art${article}-${Number(inserted) - 1}`;
    if (inserted !== undefined && previous !== follows)
      found.push({
        line,
        what: `${provisionLabel(id)}没有接在${provisionLabel(follows)}之后`,
        fix: '移到它前面的一条之后，或者改正条号',
      });
    wanted = Number(article) + 1;
    previous = id;
    return found;
  });
}

const dayPattern = String.raw`(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日`;

/** The first day that stands before the given word. */
function dayBefore(lines: readonly Line[], pattern: RegExp): string | undefined {
  const found = lines.map(({ text }) => pattern.exec(text)).find(Boolean);
  if (!found) return undefined;
  const [, year = '', month = '', day = ''] = found;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const datesOf = (lines: readonly Line[]) => ({
  adoptedOn: dayBefore(lines, new RegExp(`${dayPattern}[^年]{0,60}通过`)),
  approvedOn: dayBefore(lines, new RegExp(`${dayPattern}[^年]{0,60}批准`)),
  inForceFrom: dayBefore(lines, new RegExp(`自\\s*${dayPattern}\\s*起施行`)),
});

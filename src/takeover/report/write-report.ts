/**
 * The report as a folder: index.html, pages with the cases that need a look, duties.csv, findings.csv, figures.json. It is
 * either complete or absent.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { byteOrderMark } from '../../kernel/csv.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { Refusal } from '../../kernel/index.js';
import type { CheckedCase } from '../check.js';
import type { Counts } from '../figures.js';
import { anchorOf, caseSection } from './case-page.js';
import { page } from './html.js';
import { indexPage, type ShownFinding, type Told } from './index-page.js';
import { csvText, dutyHeadings, dutyRows, findingHeadings, findingRows } from './rows.js';

export interface ReportWriter {
  add(checked: CheckedCase): Promise<void>;
  finish(told: Omit<Told, 'shown' | 'pages'>): Promise<void>;
  /** Removes an unfinished report. */
  discard(): Promise<void>;
}

const casesAPage = 200;
const mostShown = 300;

/** @throws {Refusal} `file.unreadable` if the folder cannot be created, `usage.invalid` if it is not empty */
export async function openReport(folder: string): Promise<ReportWriter> {
  const partial = `${folder}.${process.pid}.partial`;
  await assertFree(folder);
  await mkdir(partial, { recursive: true }).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `结果文件夹 ${folder} 写不了`, { remedy: '核对路径和权限', cause });
  });
  const duties = await csv(join(partial, 'duties.csv'), [...dutyHeadings, '见']);
  const findings = await csv(join(partial, 'findings.csv'), [...findingHeadings, '见']);
  const shown: ShownFinding[] = [];
  const pages: { href: string; cases: number }[] = [];
  let sections: string[] = [];
  let finished = false;
  const flush = async (): Promise<void> => {
    if (sections.length === 0) return;
    const href = pageName(pages.length);
    await writeFile(join(partial, href), page(`案件的各行 ${pages.length + 1}`, sections.join('\n')));
    pages.push({ href, cases: sections.length });
    sections = [];
  };
  return {
    add: async (checked) => {
      const needsLook =
        checked.findings.length > 0 ||
        checked.duties.some(({ verdict }) => verdict !== 'met' && verdict !== 'open');
      const href = needsLook ? `${pageName(pages.length)}#${anchorOf(sections.length + 1)}` : '';
      if (needsLook) sections.push(caseSection(checked, sections.length + 1));
      for (const finding of checked.findings) {
        if (shown.length < mostShown) shown.push({ case: checked.name, finding, href });
      }
      await duties.write(dutyRows(checked).map((row) => [...row, href]));
      await findings.write(findingRows(checked).map((row) => [...row, href]));
      if (sections.length === casesAPage) await flush();
    },
    finish: async (told) => {
      await flush();
      await duties.end();
      await findings.end();
      await writeFile(join(partial, 'figures.json'), `${JSON.stringify(figuresAsJson(told), null, 2)}\n`);
      await writeFile(join(partial, 'index.html'), indexPage({ ...told, shown, pages }));
      await rename(partial, folder);
      finished = true;
    },
    discard: async () => {
      if (finished) return;
      await duties.end();
      await findings.end();
      await rm(partial, { recursive: true, force: true });
    },
  };
}

const pageName = (place: number): string => `cases-${String(place + 1).padStart(4, '0')}.html`;

/** Writes a byte order mark, which spreadsheets need. */
async function csv(path: string, headings: readonly string[]) {
  const stream = createWriteStream(path);
  await once(stream, 'open');
  stream.write(byteOrderMark);
  const write = async (rows: readonly (readonly string[])[]): Promise<void> => {
    if (rows.length === 0) return;
    if (!stream.write(csvText(rows))) await once(stream, 'drain');
  };
  await write([headings]);
  return { write, end: () => ended(stream) };
}

async function ended(stream: WriteStream): Promise<void> {
  if (stream.closed) return;
  stream.end();
  await once(stream, 'close');
}

async function assertFree(folder: string): Promise<void> {
  const inside = await readdir(folder).catch(() => undefined);
  if (inside === undefined) return;
  if (inside.length === 0) return void (await rm(folder, { recursive: true }));
  throw new Refusal('usage.invalid', `结果文件夹 ${folder} 已经有内容`, {
    remedy: '换一个名字，或者先把它移走',
  });
}

/** Figures for other programs. */
export function figuresAsJson({ log, logSha256, mappingSha256, calendar, read, figures }: Figured) {
  return {
    log,
    logSha256,
    mappingSha256,
    calendar,
    regulation: read.under.map(({ catalogue: { version } }) => `${version.key} ${version.version}`),
    from: read.from ? toShanghaiIso(read.from) : null,
    asOf: toShanghaiIso(read.asOf),
    lines: read.lines,
    unreadable: read.unreadable,
    cases: figures.cases,
    impossible: figures.impossible,
    duties: normsAsJson(figures.byNorm),
    units: [...figures.byUnit].map(([unit, byNorm]) => ({ unit, duties: normsAsJson(byNorm) })),
    findings: Object.fromEntries(figures.findings),
    provisions: Object.fromEntries(figures.byProvision),
    notJudged: read.under.at(-1)?.left ?? [],
    missingColumns: read.missing,
    unmapped: Object.fromEntries(read.unmapped),
    unknownValues: Object.fromEntries(read.unknownValues),
  };
}

type Figured = Omit<Told, 'shown' | 'pages' | 'unreadable'>;

const normsAsJson = (byNorm: ReadonlyMap<string, Counts>) =>
  [...byNorm].map(([norm, counts]) => ({ norm, ...counts }));

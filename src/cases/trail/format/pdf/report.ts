/**
 * A report for reading and filing: a summary for lay readers, a chapter on cases, one on other
 * records, and appendices with the provisions, the omissions and the hashes.
 */
import type { Writable } from 'node:stream';
import { inBrackets, lawOf, lawTitle, serviceTitle, sheetTitle, type Law } from '../../../../kernel/law.js';
import { provisionLabel } from '../../../../kernel/provision-label.js';
import { aboutLines } from '../../about.js';
import type { CaseOfReport, Report } from '../../report.js';
import type { Row } from '../../row.js';
import { taggedPdf, type Column, type TaggedPdf } from './tagged.js';

const columns: readonly (Column & { readonly cell: (row: Row) => string })[] = [
  { title: '第几条', width: 34, cell: ({ seq }) => String(seq) },
  { title: '时刻', width: 56, cell: ({ when }) => when.replace(' ', '\n') },
  {
    title: '办了什么',
    width: 128,
    cell: ({ what, levels }) => [what, ...levels.map((level) => `升级：${level}`)].join('\n'),
  },
  { title: '办理人', width: 84, cell: ({ actor }) => actor || '系统' },
  { title: '承办单位', width: 76, cell: ({ unit }) => unit },
  { title: '期限', width: 112, cell: ({ due }) => due.join('\n') },
  { title: '依据', width: 128, cell: ({ provisions }) => provisions.join('、') },
  { title: '说明', width: 144, cell: ({ note }) => shortened(note) },
];

/** Most characters of a note in the report; the tables hold the whole text. */
const longestNote = 260;
const shortened = (text: string): string =>
  [...text].length > longestNote ? `${[...text].slice(0, longestNote).join('')}……` : text;

export async function writePdf(report: Report, out: Writable, law: Law): Promise<void> {
  const { about, cases, ledgers } = report;
  const title = `审计轨迹报告：${about.title}`;
  const pdf = taggedPdf({ title, author: about.requester, at: new Date(about.at) }, out);
  await summary(pdf, title, report, law);
  const hashes: Hash[] = [];
  const cited = new Map<string, number>();
  const byNo = new Map(cases.map((one) => [one.no, one]));
  let stream: string | undefined;
  let part: 'cases' | 'others' | undefined;
  let table: ReturnType<TaggedPdf['table']> | undefined;
  for await (const row of report.rows()) {
    if (row.stream !== stream) {
      table?.end();
      const next = row.isCase ? 'cases' : 'others';
      const begins = part !== next;
      if (begins) pdf.heading(row.isCase ? '工单的经过' : '其他登记簿', 1);
      part = next;
      stream = row.stream;
      openStream(pdf, row, byNo.get(row.stream));
      table = pdf.table(columns);
    }
    await table?.row(columns.map(({ cell }) => cell(row)));
    for (const id of row.provisionIds) cited.set(id, (cited.get(id) ?? 0) + 1);
    hashes.push({ where: row.where, seq: row.seq, index: row.index, leaf: Buffer.from(row.leaf, 'hex') });
  }
  table?.end();
  await provisions(pdf, cited, report.aboutProvision, law);
  await leftOut(pdf, report);
  hashLines(pdf, hashes);
  if (ledgers.length + cases.length === 0) pdf.paragraph('所选的都是系统自身的记录。');
  await pdf.end();
}

async function summary(pdf: TaggedPdf, title: string, report: Report, law: Law): Promise<void> {
  const { about, verdict, cases, ledgers, leftOut: omitted, isSound } = report;
  pdf.heading(title, 1);
  pdf.paragraph(
    `${serviceTitle(law)}。${sheetTitle(law)}的每一步记入轨迹，作为考核和追究责任的依据${inBrackets(lawOf('trail', law))}。`,
  );
  pdf.heading('要的是什么', 2, { samePage: true });
  for (const [name, text] of aboutLines(about).slice(0, 6)) pdf.paragraph(`${name}：${text}`);
  pdf.heading('导出时核验的结果', 2, { samePage: true });
  for (const [question, answer] of verdict)
    pdf.paragraph(`${question}：${answer}`, isSound ? {} : { color: '#b3261e' });
  pdf.heading('有哪些', 2, { samePage: true });
  const sum = (of: readonly { readonly entries: number }[]): number =>
    of.reduce((all, { entries }) => all + entries, 0);
  pdf.paragraph(
    [
      `工单 ${cases.length} 件，共 ${sum(cases)} 条；`,
      `其他登记簿 ${ledgers.length} 本，共 ${sum(ledgers)} 条。`,
      omitted.length === 0 ? '' : `系统自身的记录 ${sum(omitted)} 条没有逐条列出，见附录。`,
    ].join(''),
  );
  if (cases.length === 0) return;
  const list = pdf.table(
    [
      { title: '工单', width: 176 },
      { title: '标题', width: 266 },
      { title: '承办单位', width: 150 },
      { title: '导出时', width: 110 },
      { title: '条数', width: 60 },
    ],
    9,
  );
  for (const { no, title: subject, unit, state, entries } of cases)
    await list.row([no, subject, unit, state, String(entries)]);
  list.end();
}

function openStream(pdf: TaggedPdf, row: Row, found: CaseOfReport | undefined): void {
  pdf.heading(found ? [found.no, found.title].filter(Boolean).join(' ') : row.where, 2, { samePage: true });
  if (!found) return;
  const unit = found.unit === '' ? '还没有承办单位' : `承办单位 ${found.unit}`;
  pdf.paragraph(`${unit}；${found.state}；本报告里 ${found.entries} 条。`, { size: 9, color: '#5a6b7b' });
}

async function provisions(
  pdf: TaggedPdf,
  cited: ReadonlyMap<string, number>,
  aboutProvision: Report['aboutProvision'],
  law: Law,
): Promise<void> {
  if (cited.size === 0) return;
  pdf.heading('附录：所依的条文', 1);
  pdf.paragraph(`${lawTitle(law)}。“说的是”用目录自己的话，不是原文。`);
  const table = pdf.table([
    { title: '条文', width: 160 },
    { title: '说的是', width: 522 },
    { title: '依据它的条数', width: 80 },
  ]);
  const inOrder = [...cited].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  for (const [id, count] of inOrder)
    await table.row([provisionLabel(id), aboutProvision(id) ?? '', String(count)]);
  table.end();
}

async function leftOut(pdf: TaggedPdf, { leftOut: omitted }: Report): Promise<void> {
  if (omitted.length === 0) return;
  pdf.heading('附录：没有逐条列出的', 1);
  pdf.paragraph(
    '数据库迁移、改表，每日清单：程序和数据库自己写的，不是谁办的事。要看的，在“种类”里选“系统”，或者用别的格式导出。',
  );
  const table = pdf.table([
    { title: '登记簿', width: 300 },
    { title: '条数', width: 80 },
  ]);
  for (const { where, entries } of omitted) await table.row([where, String(entries)]);
  table.end();
}

interface Hash {
  readonly where: string;
  readonly seq: number;
  readonly index: number;
  readonly leaf: Buffer;
}

/** One paragraph per hash: a table would take five tags per line, all held until the end. */
function hashLines(pdf: TaggedPdf, hashes: readonly Hash[]): void {
  if (hashes.length === 0) return;
  pdf.heading('附录：各条的哈希', 1);
  pdf.paragraph('每一条的 SHA-256，与审计包里的证明（proofs/全库序号）对照。');
  for (const { where, seq, index, leaf } of hashes)
    pdf.paragraph(`${where} 第 ${seq} 条（全库序号 ${index}）：${leaf.toString('hex')}`, { size: 7 });
}

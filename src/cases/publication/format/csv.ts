import type { PublicationContent } from '../../../measures/assessment/index.js';
import { byteOrderMark, csvLine } from '../../../kernel/csv.js';

/**
 * One line per figure: subject, count, total, hundredths of a percent. Empty where the count is too
 * small to publish.
 */
export function publicationCsv(content: PublicationContent): string {
  const { title, documentNumber, issuer, issuedOn, received, intake, measures, groups, cases } = content;
  type Line = readonly [string, string, (string | number | null)?, (number | null)?, (number | null)?];
  const lines: readonly Line[] = [
    ['文件', '标题', title],
    ['文件', '文号', documentNumber],
    ['文件', '发文机关', issuer],
    ['文件', '日期', issuedOn],
    ['受理', '合计', received],
    ...intake.flatMap(({ heading, cells }) => cells.map(({ label, count }): Line => [heading, label, count])),
    ...measures.map(({ label, met, of, rate }): Line => ['办结', label, met, of, rate]),
    ...groups.flatMap(({ label, units }) =>
      units.flatMap(({ unit, rank, score, rates }): Line[] => [
        [`名次：${label}`, unit, rank, null, score],
        ...rates.map((one): Line => [`指标：${one.label}`, unit, null, null, one.rate]),
      ]),
    ),
    ...cases.map((one): Line => ['典型案例', one.title, one.text]),
  ];
  const head = ['部分', '项目', '数或者文字', '分母', '万分之一'];
  const rows = [head, ...lines.map((line) => head.map((_, at) => line[at] ?? ''))];
  return byteOrderMark + rows.map(csvLine).join('');
}

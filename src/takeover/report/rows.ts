/** Rows of the report's tables: one per duty, one per finding. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { csvLine } from '../../kernel/csv.js';
import { findingTitles, provisionLabel, verdicts, type Catalogue } from '../../law/regulation/index.js';
import type { CheckedCase } from '../check.js';

export const cited = (provisions: readonly string[]): string => provisions.map(provisionLabel).join('、');

export function placed(catalogue: Catalogue | undefined, norm: string) {
  const { provisions = [], says = '' } = catalogue?.norm(norm) ?? {};
  return { provisions: cited(provisions) || norm, says };
}

export const dutyHeadings = [
  '案件',
  '条文',
  '义务',
  '单位',
  '状态',
  '引起',
  '期限',
  '办成',
  '用了几个工作日',
  '补救依据',
  '行号',
];
export const findingHeadings = ['案件', '种类', '条文', '单位', '怎样', '行号'];

const instantOf = (at: Date | null): string => (at ? toShanghaiIso(at) : '');

export const dutyRows = ({ name, duties, catalogue }: CheckedCase): string[][] =>
  duties.map((duty) => {
    const { norm, unit, verdict, openedAt, due, endedAt, workingDays, madeGoodBy, lines } = duty;
    return [
      name,
      ...Object.values(placed(catalogue, norm)),
      unit ?? '',
      verdicts[verdict],
      instantOf(openedAt),
      instantOf(due),
      instantOf(endedAt),
      String(workingDays ?? ''),
      madeGoodBy === null ? '' : placed(catalogue, madeGoodBy).provisions,
      lines.join(' '),
    ];
  });

export const findingRows = ({ name, findings }: CheckedCase): string[][] =>
  findings.map(({ kind, provisions, unit, what, lines }) => [
    name,
    findingTitles[kind],
    cited(provisions),
    unit ?? '',
    what,
    lines.join(' '),
  ]);

export const csvText = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join('');

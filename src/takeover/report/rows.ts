/** Rows of the report's tables: one a duty, one a finding. */
import { type WorkingCalendar } from '../../calendar/index.js';
import { civilDateOf, lastDayBefore, toShanghaiIso } from '../../kernel/civil-date.js';
import { csvLine } from '../../kernel/csv.js';
import { provisionLabel } from '../../law/regulation/index.js';
import type { CheckedCase } from '../check.js';
import { findingTitles } from '../impossible.js';
import type { LaidDuty } from '../lay.js';
import { verdictTitles } from '../words.js';

/** How many working days a duty took; null while it is not done. */
export type WorkingDays = (duty: LaidDuty) => number | null;

/** The day on which it began does not count, as in the limits of the regulation; null outside the calendar, too. */
export const workingDaysBy =
  (calendar: WorkingCalendar): WorkingDays =>
  ({ openedAt, endedAt }) => {
    if (!endedAt) return null;
    const [from, to] = [civilDateOf(openedAt), lastDayBefore(endedAt)];
    // On the very day on which it began: none.
    return from < calendar.first || to > calendar.last
      ? null
      : Math.max(0, calendar.workingDaysBetween(from, to));
  };

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

export const dutyRows = ({ name, duties, catalogue }: CheckedCase, workingDays: WorkingDays): string[][] =>
  duties.map((duty) => {
    const { norm, unit, verdict, openedAt, due, endedAt, madeGoodBy, lines } = duty;
    return [
      name,
      catalogue.norm(norm)?.provisions.map(provisionLabel).join('、') ?? norm,
      catalogue.norm(norm)?.says ?? '',
      unit ?? '',
      verdictTitles[verdict],
      instantOf(openedAt),
      instantOf(due),
      instantOf(endedAt),
      String(workingDays(duty) ?? ''),
      (madeGoodBy && catalogue.norm(madeGoodBy)?.provisions.map(provisionLabel).join('、')) ?? '',
      lines.join(' '),
    ];
  });

export const findingRows = ({ name, findings }: CheckedCase): string[][] =>
  findings.map(({ kind, provisions, unit, what, lines }) => [
    name,
    findingTitles[kind],
    provisions.map(provisionLabel).join('、'),
    unit ?? '',
    what,
    lines.join(' '),
  ]);

export const csvText = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join('');

/**
 * Files of State Council schedules and local rules, shipped or loaded (docs/calendar.md). A file with any fault is
 * refused.
 */
import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.js';
import { isCivilDate, yearOf, type CivilDate } from '../../kernel/civil-date.js';
import type { CalendarSource, SourceDay } from '../source.js';

const civilDate = z.string().refine(isCivilDate, '日期不存在或写法不对，应为“年-月-日”');
const noticeShape = z.strictObject({
  year: z.int().min(2000).max(2099),
  // annual: covers the whole year; amendment: changes the days it names; local: a city's own rule.
  kind: z.enum(['annual', 'amendment', 'local']),
  title: z.string().min(1),
  document: z.string().min(1).nullable(),
  publishedOn: civilDate.nullable(),
  address: z.string().min(1).nullable(),
  days: z.array(z.strictObject({ date: civilDate, off: z.boolean(), name: z.string().min(1) })).min(1),
});
const fileShape = z.strictObject({
  about: z.string().optional(),
  source: z.string().optional(),
  notices: z.array(noticeShape).min(1),
});
type Notice = z.infer<typeof noticeShape>;

/**
 * Reads notices in order of issue.
 *
 * @param fileName for the refusal's text
 * @throws {Refusal} `calendar.invalid`: not JSON, a wrong shape, a day named twice by one notice, a day outside
 * the notice's year, two annual notices for one year, a local rule without document number
 */
export function readNotices(text: string, fileName: string): CalendarSource[] {
  const parsed = fileShape.safeParse(parseJson(text, fileName));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refused(
      fileName,
      `第 ${(issue?.path ?? []).join('.') || '1'} 处不符合格式：${issue?.message ?? ''}`,
    );
  }
  const settled = new Set<number>();
  return parsed.data.notices.map((notice) => {
    if (notice.kind === 'annual') {
      if (settled.has(notice.year)) {
        throw refused(fileName, `${notice.year} 年有两份年度安排`, '后一份若是调整，kind 写 amendment');
      }
      settled.add(notice.year);
    }
    return sourceOf(notice, fileName);
  });
}

function sourceOf(notice: Notice, fileName: string): CalendarSource {
  if (notice.kind === 'local' && notice.document === null) {
    throw refused(fileName, `本地规定《${notice.title}》没有文号`, '本地规定须有文号才能改变工作日');
  }
  return {
    kind: notice.kind === 'local' ? 'local' : 'schedule',
    title: notice.title,
    ...(notice.document === null ? {} : { document: notice.document }),
    ...(notice.address === null ? {} : { address: notice.address }),
    ...(notice.publishedOn === null ? {} : { publishedOn: notice.publishedOn }),
    years: new Set(notice.kind === 'annual' ? [notice.year] : []),
    days: daysOf(notice, fileName),
  };
}

function daysOf(notice: Notice, fileName: string): Map<CivilDate, SourceDay> {
  const days = new Map<CivilDate, SourceDay>();
  for (const { date, off, name } of notice.days) {
    if (days.has(date)) throw refused(fileName, `《${notice.title}》里 ${date} 出现两次`);
    // A notice may also move days of the December before its year.
    const fits =
      yearOf(date) === notice.year || (yearOf(date) === notice.year - 1 && date.slice(5, 7) === '12');
    if (!fits) throw refused(fileName, `《${notice.title}》是 ${notice.year} 年的，却写了 ${date}`);
    days.set(date, { working: !off, name });
  }
  return days;
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('calendar.invalid', `${fileName} 不是 JSON 文件`, {
      where: fileName,
      remedy: '改正文件后再载入；日历没有任何变动',
      cause,
    });
  }
}

function refused(fileName: string, detail: string, remedy = '改正文件后再载入'): Refusal {
  return new Refusal('calendar.invalid', `${fileName}：${detail}`, {
    where: fileName,
    remedy: `${remedy}；日历没有任何变动`,
  });
}

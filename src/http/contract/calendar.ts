/** The working calendar: days, deadlines, notices, and the effect of loading one. */
import { z } from 'zod';
import { anyObject, civilDate, instant, instantWritten, shape, shapeAsked, text } from './primitives.js';

const count = z.number().int();

const statement = shape('CalendarStatement', {
  kind: z
    .enum(['weekday', 'statutory', 'package', 'schedule', 'local'])
    .describe('周一至周五、法定节日、chinese-workday、国务院放假安排、本地规定'),
  working: z.boolean(),
  name: z.string().nullable().describe('节日或者事由；没有点名这一天的为 null'),
  title: z.string(),
  document: z.string().nullable().describe('文号'),
  publishedOn: civilDate.nullable(),
  address: z.string().nullable().describe('网址'),
});

const calendarDay = shape('CalendarDay', {
  date: civilDate,
  weekday: count.describe('1 周一至 7 周日'),
  working: z.boolean(),
  reason: z.string(),
  provisional: z.boolean().describe('所在时段尚无国务院放假安排，还可能变'),
  disputed: z.boolean().describe('各来源说法不一'),
  source: statement.describe('算数的那一个'),
  statements: z.array(statement).describe('各来源，次序在前的算数'),
});

export const daysQuery = z.strictObject({
  from: text(40).meta({ description: '第一天', example: '2026-10-01' }),
  to: text(40).meta({ description: '最后一天，至多 1000 天', example: '2026-10-10' }),
});

export const calendarDays = shape('CalendarDays', {
  edition: z.string().describe('日历版本，有一天变了就不同'),
  days: z.array(calendarDay),
});

export const dueQuery = z.strictObject({
  start: text(60).meta({ description: '带时区的时刻，或日期', example: '2026-09-29T10:30:00+08:00' }),
  workingDays: text(20).meta({ description: '0 至 3660；始日不计', example: '5' }),
});

export const dueAnswer = shape('DueAnswer', {
  start: z.string(),
  workingDays: count,
  due: instantWritten.describe('届满的一刻；某日 24:00 写作次日 00:00'),
  dueDate: civilDate.describe('最后办理日'),
  provisional: z.boolean().describe('其间有的日子尚无放假安排，公布后须重算'),
  days: z.array(z.object({ date: civilDate, counted: z.boolean(), why: z.string() })),
  rule: z.string().describe('算法依据'),
});

export const comparisonQuery = z.strictObject({ since: text(20).default('2018').describe('从哪一年起') });

export const comparison = shape('CalendarComparison', {
  from: civilDate,
  to: civilDate,
  days: count,
  disagreements: z.array(calendarDay),
});

export const noticeRequest = shapeAsked('NoticePreviewRequest', {
  document: text(200).meta({ description: '通知的文号，须与文件一致', example: '国办发明电〔2026〕8号' }),
  file: anyObject.describe('安排文件的内容，恰好一份通知；格式见 docs/calendar.md'),
});

const changedDay = z.object({ date: civilDate, working: z.boolean(), why: z.string() });

export const noticePreview = shape('NoticePreview', {
  document: z.string(),
  known: z.boolean().describe('已经载入过，不会再变动'),
  days: z.array(changedDay).describe('变动的日子：移动了，或不再是暂定'),
  concerned: count.describe('可能涉及的工单'),
  examined: count.describe('其中看过的，均匀选取，至多 2000 件；以下都是看过的里面的'),
  counts: z.object({
    cases: count.describe('涉及的工单'),
    moved: count.describe('期限移动'),
    settled: count.describe('时刻未变，不再暂定（或变为暂定）'),
    revoked: count.describe('给早了、要撤销的计时'),
  }),
  deadlines: z
    .array(
      z.object({
        workOrder: z.string(),
        element: z.string(),
        from: instantWritten,
        to: instantWritten,
        provisional: z.boolean(),
      }),
    )
    .describe('前二百项'),
  revoked: z
    .array(
      z.object({
        workOrder: z.string(),
        element: z.string(),
        levels: z.array(z.string()),
        entry: count.describe('轨迹第几条'),
        at: instantWritten.describe('原来触发的时刻'),
        due: instantWritten.describe('按新日历届满的时刻'),
      }),
    )
    .describe('前二百项'),
});

export const recomputation = shape('Recomputation', {
  state: z.enum(['waiting', 'running', 'done']).describe('等待、进行中、做完'),
  cases: count.nullable().describe('要看的工单；还没有数的为 null'),
  done: count.describe('已经看过的工单'),
  moved: count,
  settled: count,
  revoked: count,
  finishedAt: instant.nullable(),
});

const notice = shape('CalendarNotice', {
  kind: z.enum(['statutory', 'package', 'schedule', 'local']),
  title: z.string(),
  document: z.string().nullable(),
  publishedOn: civilDate.nullable(),
  address: z.string().nullable(),
  years: z.array(count).describe('定下全年的年份'),
  days: count.describe('点名的日子有几天'),
  loaded: z
    .object({ at: instant, by: z.string(), recomputation })
    .nullable()
    .describe('运行中载入的；随程序提供的为 null'),
});

export const noticeList = shape('CalendarNotices', { edition: z.string(), items: z.array(notice) });

export const noticeLoaded = shape('NoticeLoaded', {
  document: z.string(),
  added: z.boolean().describe('false：此前已经载入，没有变动'),
  days: z.array(changedDay),
  recomputation: recomputation.nullable(),
});

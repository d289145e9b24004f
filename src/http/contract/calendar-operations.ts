/** The working calendar: reading, loading a notice. */
import {
  calendarDays,
  comparison,
  comparisonQuery,
  daysQuery,
  dueAnswer,
  dueQuery,
  noticeList,
  noticeLoaded,
  noticePreview,
  noticeRequest,
} from './calendar.js';
import { complianceOfficers, json, under } from './operation.js';
import { cites } from './said-by-law.js';

export const calendarOperations = under('工作日历', {
  previewNotice: {
    request: 'POST /api/calendar/notices/preview',
    quiet: true,
    summary: '预览：载入这份安排会移动哪些期限、撤销哪些升级；没有任何变动',
    access: complianceOfficers,
    body: noticeRequest,
    answers: { 200: json('会变动什么', noticePreview) },
    refusals: ['calendar.invalid'],
  },
  loadNotice: {
    request: 'POST /api/calendar/notices',
    summary: '载入放假安排或本地规定；受影响的期限随后在后台重算',
    access: ['compliance-approver'],
    recent: true,
    body: noticeRequest,
    answers: {
      202: json('已载入，正在重算', noticeLoaded),
      200: json('此前已经载入，没有变动', noticeLoaded),
    },
    refusals: ['calendar.invalid'],
  },
  listNotices: {
    request: 'GET /api/calendar/notices',
    summary: '日历的各个来源；运行中载入的，重算到哪里了',
    access: 'signed-in',
    because: '工作日历是大家共同遵守的，没有个人信息',
    scopes: ['rules:read'],
    answers: { 200: json('来源', noticeList) },
  },
  readCalendarDays: {
    request: 'GET /api/calendar/days',
    summary: '每一天是不是工作日，依据是什么，是否暂定',
    access: 'signed-in',
    because: '工作日历是大家共同遵守的，没有个人信息',
    scopes: ['rules:read'],
    query: daysQuery,
    answers: { 200: json('各日', calendarDays) },
    refusals: ['calendar.invalid'],
  },
  computeDue: {
    request: 'GET /api/calendar/due',
    summary: `若干个工作日的期限到哪一刻为止，逐日说明（${cites('time-limit')}）`,
    access: 'signed-in',
    because: '只依日历计算，不读工单',
    scopes: ['rules:read'],
    query: dueQuery,
    answers: { 200: json('期限', dueAnswer) },
    refusals: ['calendar.invalid'],
  },
  compareCalendarSources: {
    request: 'GET /api/calendar/comparison',
    summary: '逐日比对 chinese-workday 与放假安排，列出说法不一的日子',
    access: 'signed-in',
    because: '工作日历是大家共同遵守的，没有个人信息',
    query: comparisonQuery,
    answers: { 200: json('比对', comparison) },
    refusals: ['calendar.invalid'],
  },
});

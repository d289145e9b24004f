/** Events of accounts, and refused requests, for the 审计管理员; read-only. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { day, instant, positiveAsked, shape, text } from './primitives.js';

const entry = shape('AccountJournalEntry', {
  at: column('时间', 'instant', instant),
  title: column('事项', 'text', z.string()).meta({
    description: '一句话：发生了什么',
    example: '授予角色：承办',
  }),
  of: column(
    '对谁、对什么',
    'person',
    z.string().nullable().describe('对谁、对什么：登录名、单位、工单编号'),
  ),
  actor: column('谁', 'person', z.string().nullable(), {
    none: '没有登录',
  }).describe('谁做的；没有登录的为 null'),
  address: column('来自', 'person', z.string().nullable().describe('请求来自哪里')),
  seq: column('轨迹', 'text', z.number().int().describe('这条轨迹的第几条')),
  hash: column('哈希', 'code', z.string().describe('SHA-256（0x00 ‖ 原文），十六进制')),
  type: z.string().meta({ example: 'role.granted' }),
});

export const accountJournalOperations = under('单位和人员', {
  readAccountJournal: {
    request: 'GET /api/account-journal',
    summary: '帐号的记录（登录、开户、授权）或者被拒绝的请求，新的在前',
    access: ['audit-admin'],
    query: z.strictObject({
      stream: z
        .enum(['accounts', 'refusals'])
        .default('accounts')
        .describe('accounts 登录、帐号、角色；refusals 被拒绝的请求'),
      about: column('登录名', 'text', text(100).optional(), {
        none: '是谁，或者对谁',
      }).describe('只看对某人（登录名）或者某人做的'),
      from: column('从', 'instant', day.optional().describe('从哪一天起')),
      to: column('到', 'instant', day.optional().describe('到哪一天为止，含当天')),
      before: positiveAsked.optional().describe('只要第几条以前的；接着上一页往下读'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: {
      200: json(
        '一页记录',
        shape('AccountJournal', {
          items: z.array(entry),
          next: z.number().int().nullable().describe('下一页的 before；没有了的为 null'),
        }),
      ),
    },
    refusals: ['calendar.invalid'],
  },
});

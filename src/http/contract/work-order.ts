/** The work order sheet 工作流转单. */
import { z } from 'zod';
import { column } from './column.js';
import type { Language } from '../../sheet/index.js';
import {
  alteredMark,
  counted,
  cursorPage,
  cursorQuery,
  day,
  instant,
  level,
  positive,
  realm,
  searched,
  shape,
  shapeAsked,
  text,
  workOrderNo,
} from './primitives.js';
import { cites, firstKeyIn, listing } from './said-by-law.js';
import { classCode } from './classification.js';
import { packageKey } from './package-key.js';
import { givenPlace, place } from './place.js';

export const channel = packageKey('渠道', 'channels', 'channels');
export const kind = packageKey('类别', 'kinds', 'kinds');

export const language = z
  .enum(['zh', 'en', 'fr', 'ru', 'de'] as const satisfies readonly Language[])
  .describe('以哪种语言告知、答复来电人：中文、英文、法文、俄文、德文');
export const messagesWanted = z.boolean().describe('来电人是否愿意由短信、邮件等告知进展');

/** The request as accepted. */
export const request = shapeAsked('Request', {
  channel,
  kind,
  title: text(200).meta({ description: '标题', example: '小区停水未提前通知' }),
  content: text(20_000).describe('事项内容'),
  callerName: text(100).nullish().describe('来电人'),
  callerContact: text(100).nullish().describe('联系方式'),
  callerAddress: text(200).nullish().describe('来电人地址'),
  replyWanted: z
    .boolean()
    .default(true)
    .describe(`是否要求回复（${cites('callers-wishes')}）`),
  district: text(100).nullish().meta({ description: '属地：区县', example: '某区' }),
  place: givenPlace.nullish(),
  class: text(500).optional().describe('事项分类的编码，须是末级'),
  answers: z
    .record(z.string().max(200), z.union([z.string().max(20_000), z.number(), z.boolean()]))
    .default({})
    .describe('受理各环节已有的答案，以表单的 key 为名（GET /api/intake/form）：答全了的环节一并办结'),
  accusedPersons: text(500)
    .nullish()
    .describe(`被投诉、举报的人，姓名或登录名，几人以顿号分隔：他们看不到这张工单（${cites('recusal')}）`),
  confidential: z
    .boolean()
    .default(false)
    .describe(`是否要求对联系方式等信息保密（${cites('callers-wishes')}）`),
  language: language.default('zh'),
  messagesWanted: messagesWanted.default(true),
  upstream: z
    .strictObject({
      source: positive.describe('诉求来源的编号'),
      number: text(100).describe('它的编号'),
      due: day.nullish().meta({ description: '它要求的期限：这一天 24:00 以前', example: '2026-12-05' }),
    })
    .optional()
    .describe('上级热线转来的：哪个来源、它的编号、它的期限；同一编号只受理为一张工单，办结以后回告它'),
  call: z
    .string()
    .regex(/^[\w.:@+-]{1,100}$/, '至多 100 个字母、数字和 . : @ + - _')
    .optional()
    .describe('通话编号，话务系统给的：凭它找录音；一通电话只受理为一张工单'),
});

/** The sheet as shown: contact details masked, or withheld if the caller asked for it. */
export const sheet = shape('WorkOrderSheet', {
  no: workOrderNo,
  realm,
  externalNo: z.string().nullable().describe('来文编号'),
  title: column('工单', 'name', z.string()),
  channel,
  channelName: column('渠道', 'text', z.string()),
  kind,
  kindName: column('类别', 'text', z.string()),
  content: z.string(),
  callerName: z
    .string()
    .nullable()
    .meta({
      description: `只露姓；要求保密的（${cites('callers-wishes')}）、本单位被投诉举报的（${cites('recusal')}）为 null`,
      example: '王*',
    }),
  callerContact: z
    .string()
    .nullable()
    .meta({ description: '只露末四位；不能看的为 null', example: '****1234' }),
  callerAddress: z.string().nullable().describe('有地址的为 ****；不能看的为 null'),
  callerWithheld: z
    .object({ provision: z.string(), why: z.string() })
    .nullable()
    .describe('依哪一条不让您看来电人资料；可以看的为 null'),
  callerErased: z.boolean().describe('来电人资料已经删除'),
  callerRevealable: z.boolean().describe('可以说明用途查看全文'),
  replyWanted: z.boolean(),
  confidential: z.boolean(),
  language,
  messagesWanted,
  district: z.string().nullable().describe('属地'),
  place: place.nullable().describe('事发地点；没有登记的为 null'),
  receivedAt: column('受理', 'instant', instant),
});

export const workOrderSummary = sheet
  .omit({
    content: true,
    place: true,
    callerName: true,
    callerContact: true,
    callerAddress: true,
    callerWithheld: true,
    callerErased: true,
    callerRevealable: true,
  })
  .extend({
    state: z.enum(['open', 'ended']).describe('open 在办，ended 已办结'),
    level: column('灯号', 'light', level),
    due: column('期限', 'due', instant.nullable()).describe(
      '最近的期限；提醒和牌不算，暂停的不算；没有在走的，是最早过了、还没有办的那一个',
    ),
    provisional: z.boolean().describe('这个期限跨过尚无放假安排的日子，公布后须重算'),
    upstreamLimit: z.boolean().describe('这个期限是上级热线要求的，比条例的早'),
    altered: alteredMark,
  })
  .meta({ id: 'WorkOrderSummary' });

export const workOrderPage = cursorPage(workOrderSummary).extend(counted).meta({ id: 'WorkOrderPage' });
export const workOrderQuery = z.strictObject({
  ...cursorQuery,
  q: searched.optional(),
  realm: realm.default('live'),
  district: text(100).optional().describe('属地；只找正式工单，收到数秒以后'),
  class: classCode.optional().describe('分类的编码，含其下级'),
  unit: text(100).optional().describe('主办、协办过的单位'),
});
export const workOrderParams = z.strictObject({ no: workOrderNo });

/** A message to a running case, by its name in the diagrams. */
export const message = shapeAsked('Message', {
  message: text(100).meta({
    description: `消息名：${listing('messages')}`,
    example: firstKeyIn('messages'),
  }),
  answers: z
    .record(z.string().max(200), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('消息的内容：流程图在接收它的事件上声明的各栏，例如申请延期的理由和工作日数'),
});

/** The same key and body return the same sheet. */
export const requestHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, '幂等键须为 1 至 200 个可见的 ASCII 字符')
    .optional()
    .describe('幂等键：同一键、同一内容只受理一次'),
});

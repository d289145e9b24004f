/** Messages to callers: the target address of each source, their texts, and those of a sheet. */
import { z } from 'zod';
import { column } from './column.js';
import { json, sheetReaders, under } from './operation.js';
import { instant, numbered, shape, shapeAsked, text } from './primitives.js';
import { language, workOrderParams } from './work-order.js';

const occasion = shape('MessageOccasion', {
  title: column('什么时候', 'text', z.string().meta({ example: '已受理' })),
  placeholders: z
    .array(z.object({ name: z.string(), says: z.string() }))
    .describe('文本里可以用的占位符，写作 {名称}'),
  key: z.string().meta({ example: 'accepted' }),
  policy: z.string().meta({ description: '由哪项政策决定告知不告知', example: 'tellAccepted' }),
  on: z.boolean().describe('现行的政策是不是告知'),
});

const template = shape('MessageTemplate', {
  occasion: z.string(),
  language,
  subject: z.string(),
  text: z.string(),
  version: z.number().int().describe('0 是随附的文本'),
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
});

const given = {
  subject: text(200).meta({ description: '标题，一行', example: '工单 {workOrder} 已办结' }),
  text: text(4000).describe('正文；没有值的占位符所在的那一行不发'),
};
const occasionKey = text(60).meta({ description: '什么时候告知', example: 'closed' });

const message = shape('CallerMessage', {
  occasion: z.string().meta({ description: '什么时候告知，写成中文', example: '已受理' }),
  entry: z.number().int().describe('告知的是轨迹的第几条'),
  state: z.enum(['waiting', 'told', 'not-told']).describe('waiting 正在发，told 已经发到，not-told 没有发到'),
  at: instant.describe('发到、放弃的时刻；正在发的，写下的时刻'),
  way: z.enum(['email', 'webhook']).nullable().describe('邮件，或者来源自己的地址'),
  source: z.string().nullable().describe('经哪个来源'),
  language,
  text: z.string().nullable().describe('标题和正文，查询码遮去；正在发的、封存的文字已经删除的为 null'),
  failure: z.string().nullable().describe('为什么没有发到，或者上一次为什么没有发成'),
});

export const callerMessageOperations = under('告知来电人', {
  readCallerMessages: {
    request: 'GET /api/work-orders/{no}/caller-messages',
    summary: '告知来电人的消息：什么时候、经哪里、说了什么、发到没有',
    access: sheetReaders,
    params: workOrderParams,
    answers: { 200: json('消息', shape('CallerMessages', { items: z.array(message) })) },
    refusals: ['case.not-found'],
  },
  listMessageTemplates: {
    request: 'GET /api/message-templates',
    summary: '什么时候告知来电人、各种语言的文本',
    access: ['system-admin'],
    answers: {
      200: json(
        '文本',
        shape('MessageTemplates', { occasions: z.array(occasion), items: z.array(template) }),
      ),
    },
  },
  changeMessageTemplate: {
    request: 'PUT /api/message-templates/{occasion}/{language}',
    summary: '改一种语言的文本，成为新的版本，记入轨迹；此后写的消息照新的',
    access: ['system-admin'],
    params: z.strictObject({
      occasion: occasionKey,
      language: text(10).meta({ description: 'zh、en、fr、ru、de', example: 'en' }),
    }),
    body: shapeAsked('MessageTemplateChange', {
      ...given,
      basedOn: z.number().int().min(0).max(1_000_000).describe('打开时看到的 version'),
    }),
    answers: { 200: json('改后的文本', template) },
    refusals: ['template.not-found', 'template.changed'],
  },
  previewMessageTemplate: {
    request: 'POST /api/message-templates/preview',
    quiet: true,
    summary: '以样例的值看一看文本；什么也不存',
    access: ['system-admin'],
    body: shapeAsked('MessagePreviewOrder', { occasion: occasionKey, ...given }),
    answers: { 200: json('填好的', shape('MessagePreview', { subject: z.string(), text: z.string() })) },
    refusals: ['template.not-found'],
  },
  setSourceOutgoing: {
    request: 'PUT /api/channel-sources/{id}/outgoing',
    summary: '设这个来源的来电人的消息发往哪里，或者不再告知，记入轨迹；签名的密钥只在答复里出现一次',
    access: ['system-admin'],
    params: numbered,
    body: shapeAsked('SourceOutgoing', {
      address: text(2000)
        .nullable()
        .meta({ description: '网关的网址；null 为不再告知', example: 'https://sms.example.gov.cn/out' }),
    }),
    answers: {
      200: json(
        '已设',
        shape('SourceOutgoingSecret', { secret: z.string().nullable().describe('不再告知的为 null') }),
      ),
    },
    refusals: ['source.not-found'],
  },
  testSourceOutgoing: {
    request: 'POST /api/channel-sources/{id}/outgoing/test',
    quiet: true,
    summary: '立即试发一条，不带任何工单，记入轨迹',
    access: ['system-admin'],
    params: numbered,
    answers: {
      200: json(
        '结果',
        shape('SourceOutgoingTest', { arrived: z.boolean(), failure: z.string().nullable() }),
      ),
    },
    refusals: ['source.not-found'],
  },
});

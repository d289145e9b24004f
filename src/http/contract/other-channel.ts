/** Other places for a matter: emergency numbers, and bodies with procedures of their own. */
import { z } from 'zod';
import { column } from './column.js';
import { reason } from './classification.js';
import { json, officers, under } from './operation.js';
import { instant, shape, shapeAsked, text } from './primitives.js';
import { cites } from './said-by-law.js';
import { packageKey } from './package-key.js';

const channel = shapeAsked('OtherChannel', {
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,29}$/)
    .meta({ description: '标识，小写字母、数字、连字符', example: 'police' }),
  name: column('渠道', 'text', text(60).meta({ description: '名称，记在工单上', example: '110 报警服务台' })),
  reach: column('怎样找到它', 'text', text(200).meta({ description: '怎样找到它', example: '拨打 110' })),
  basis: column('依据', 'text', text(200).describe('依据')),
  words: column('出现即提示的词', 'text', z.array(text(60)).max(200).describe('来电人的话里出现即提示的词')),
  emergency: z.boolean().describe('紧急：边写边提示，一步转接'),
  procedure: packageKey('登记为哪一种程序', 'procedures', 'ways-of-handling'),
  except: z
    .array(text(60))
    .max(200)
    .default([])
    .meta({ description: '含有这些词、但不必提示的说法', example: ['火灾隐患'] }),
  dial: z
    .string()
    .regex(/^\d{3,12}$/)
    .nullable()
    .default(null)
    .meta({ description: '打哪个号码；没有的为 null', example: '110' }),
  answers: z
    .record(z.string().regex(/^[a-z][A-Za-z]{0,39}$/), z.union([text(200), z.boolean()]))
    .default({})
    .meta({
      description: '选它时受理各环节的答案，本市的流程图问法不同的才写',
      example: { channelName: '110 报警服务台' },
    }),
  names: z
    .strictObject({
      en: text(80).optional(),
      fr: text(80).optional(),
      ru: text(80).optional(),
      de: text(80).optional(),
    })
    .default({})
    .describe('外文的名称，来电人的页面用'),
});
const channels = z.array(channel).max(60);

const table = shape('OtherChannels', {
  version: z.number().int().describe('0 是随程序附带的样本'),
  channels,
  reason: z.string(),
  savedAt: instant.nullable(),
  savedBy: z.string().nullable(),
});

export const otherChannelOperations = under('分类与转办', {
  readOtherChannels: {
    request: 'GET /api/other-channels',
    summary: `应当告知来电人的其他渠道（${cites('ways-of-handling')}），紧急的在内；词由控制台边写边比`,
    access: officers,
    scopes: ['rules:read'],
    answers: { 200: json('渠道表', table) },
  },
  saveOtherChannels: {
    request: 'POST /api/other-channels',
    summary: '保存渠道表为新的版本，记入轨迹',
    access: ['supervisor', 'compliance-approver'],
    body: shapeAsked('NewOtherChannels', {
      channels,
      basedOn: z.number().int().min(0).describe('在哪一版上修改的'),
      reason,
    }),
    answers: { 201: json('已保存', table) },
    refusals: ['other-channels.stale'],
  },
});

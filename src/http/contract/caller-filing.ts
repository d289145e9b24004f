/** The callers' page: filing a matter, its files, and the public part of the knowledge base. */
import { z } from 'zod';
import { cites } from './said-by-law.js';
import { fileNameHeader, uploadRefusals } from './attachment.js';
import { json, stepRefusals, under } from './operation.js';
import { givenPoint } from './place.js';
import { instant, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { kind, language, messagesWanted } from './work-order.js';

const filing = shapeAsked('Filing', {
  once: z
    .string()
    .regex(/^[A-Za-z0-9-]{16,64}$/, '须为 16 至 64 个字母、数字、横线')
    .describe('幂等键，别人猜不出：同一键、同一内容只受理一次'),
  kind,
  title: text(200).nullish().describe('标题；不写的取内容开头'),
  content: text(4000).describe('事项内容'),
  place: z
    .strictObject({ address: text(200).nullish(), point: givenPoint.nullish() })
    .nullish()
    .describe('事发地点，承办单位看得到'),
  district: text(100).nullish().describe('属地：区县'),
  callerName: text(100).nullish(),
  callerContact: text(100).nullish().describe('联系方式；不留的无法回复'),
  replyWanted: z.boolean().default(true),
  confidential: z.boolean().default(false),
  language: language.default('zh'),
  messagesWanted: messagesWanted.default(true),
  work: z
    .strictObject({
      challenge: text(4000),
      counter: z.number().int().min(0).max(1_000_000_000),
      derivedKey: text(200),
    })
    .optional()
    .describe('页面的验算：所给的题和答案'),
});

const elsewhereShape = {
  key: z.string().meta({ description: '渠道的标识', example: 'police' }),
  name: z.string(),
  names: z
    .partialRecord(z.enum(['en', 'fr', 'ru', 'de']), z.string().optional())
    .describe('外文的名称，以语言为名'),
  emergency: z.boolean().describe('紧急：应当立即打'),
  reach: z.string().describe('怎样找到它'),
  dial: z.string().nullable().meta({ description: '打哪个号码；没有的为 null', example: '110' }),
};
const elsewhere = shape('Elsewhere', elsewhereShape);

const elsewhereTable = shape('ElsewhereTable', {
  channels: z.array(
    z.object({
      ...elsewhereShape,
      words: z.array(z.string()).describe('话里出现即提示的词'),
      except: z.array(z.string()).describe('含有这些词、但不必提示的说法'),
    }),
  ),
  foreign: z
    .array(z.object({ means: z.array(z.string()), words: z.array(z.string()) }))
    .describe('外文的说法和它的中文；* 表示其后还可以有字母'),
});

const filed = shape('Filed', {
  no: workOrderNo,
  receivedAt: instant,
  callerSecret: z.string().nullable().meta({
    description: '查询码；同一请求再发的答复同一个，其后重发过的为 null',
    example: '048213975561',
  }),
  elsewhere: z.array(elsewhere).describe('话里提示的其他渠道，紧急的在前：紧急的请立即打那个号码，不等这里'),
});

const publicAnswer = shape('PublicAnswer', {
  title: z.string(),
  body: z.string(),
  writtenAt: instant.describe('这一版何时写的'),
});

const withoutAccount = `公众提出诉求不要帐号（${cites('channels')}）；默认不开放，有次数限制和验算`;

export const callerFilingOperations = under('来电人查询', {
  readCallerFiling: {
    request: 'GET /api/caller-filing',
    summary: '公众的页面：开放不开放提出诉求，验算的题，附件的限制',
    access: 'anyone',
    because: '公众的页面，还没有谁',
    answers: {
      200: json(
        '开放的情况',
        shape('CallerFiling', {
          filing: z.boolean().describe('可以在这里提出诉求'),
          challenge: z.string().nullable().describe('验算的题（JSON）；不要求的为 null'),
          mostFiles: z.number().int(),
          bytesPerFile: z.number().int(),
        }),
      ),
    },
  },
  searchPublicKnowledge: {
    request: 'POST /api/caller-filing/answers',
    part: 'knowledge',
    quiet: true,
    summary: `公众查找知识库里向公众公开的条目（${cites('knowledge')}），近似的在前`,
    access: 'anyone',
    because: '公开的内容；同一地址的次数有限制',
    body: z.strictObject({ question: text(200).describe('要查的事；不保存') }),
    answers: {
      200: json(
        '找到的条目，至多十条；单位、复核日期、谁写的不在其中',
        shape('PublicAnswers', { items: z.array(publicAnswer) }),
      ),
    },
  },
  readElsewhere: {
    request: 'GET /api/caller-filing/elsewhere',
    summary: `紧急号码和其他渠道，以及提示它们的词（${cites('ways-of-handling')}）：公众的页面边写边比，写的不发出去`,
    access: 'anyone',
    because: '公开的号码和渠道，还没有谁',
    answers: { 200: json('渠道和词', elsewhereTable) },
  },
  fileMatter: {
    request: 'POST /api/caller-filing/requests',
    summary: `公众提出一件诉求，得到编号和查询码（${cites('channels')}、${cites('sheet')}）`,
    access: 'anyone',
    because: withoutAccount,
    body: filing,
    answers: { 201: json('已受理', filed), 200: json('此前已受理，没有重复开单', filed) },
    refusals: ['filing.closed', 'work.missing', 'idempotency.mismatch', ...stepRefusals],
  },
  addCallerFile: {
    request: 'POST /api/progress/attachments',
    summary: '来电人给自己的事项添加照片、文件：正文就是文件',
    access: 'anyone',
    because: `来电人没有帐号，凭工单编号和查询码（${cites('progress')}）；件数、大小有限制`,
    headers: z.object({
      'x-work-order': workOrderNo,
      'x-caller-secret': text(60),
      'x-file-name': fileNameHeader,
    }),
    upload: true,
    answers: {
      201: json('已添加', shape('CallerFile', { name: z.string(), bytes: z.number().int() })),
      200: json('同一个文件此前已经添加过', z.object({ name: z.string(), bytes: z.number().int() })),
    },
    refusals: ['progress.not-found', ...uploadRefusals],
  },
});

/** Sources of requests by SMS, WeChat, Weibo, app and mailbox; their messages, and those that could not be read. */
import { z } from 'zod';
import { column } from './column.js';
import { json, stepRefusals, under } from './operation.js';
import { callerSecret } from './progress.js';
import { packageKey } from './package-key.js';
import { day, instant, numbered, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { kind, language, messagesWanted } from './work-order.js';

/** The telephone sends no messages. */
const channel = packageKey('渠道', 'channels-that-send', 'channels');
const proof = z
  .enum(['signature', 'token', 'api-key'])
  .describe(
    'signature：照 Standard Webhooks 签名；token：只带口令，不能签名的才用，较弱；api-key：照 Open311 GeoReport v2 提交，密钥就是 api_key',
  );

const expression = text(2000).optional();
const mapping = z
  .strictObject({
    content: text(2000).meta({ description: '事项内容', example: 'message.text' }),
    kind: text(2000).meta({ description: '类别', example: '"help"' }),
    messageId: expression.describe('消息在来源的编号；不写用请求头 webhook-id'),
    title: expression.describe('标题；不写用内容的前 40 字'),
    callerName: expression.describe('来电人'),
    callerContact: expression.meta({ description: '联系方式', example: 'message.from' }),
    callerAddress: expression.describe('来电人地址'),
    place: expression.describe('事发地点，写成文字的'),
    district: expression.describe('属地'),
    replyWanted: expression.describe('是否要求回复；不写为是'),
    confidential: expression.describe('是否要求保密；不写为否'),
    language: expression.describe('语言：zh、en、fr、ru、de；不写为 zh'),
    messagesWanted: expression.describe('是否愿意由消息告知进展；不写为是'),
    files: expression.meta({
      description: '附件：Base64 的文字、data: 地址，或者 { name, content }；几个写成列表；外面的地址不打开',
      example: 'message.photos',
    }),
    externalNo: expression.meta({
      description: '来文编号：上级热线自己的编号。写了它的来源就是上级热线，工单办结以后把结果回告它',
      example: 'message.orderNo',
    }),
    externalDue: expression.describe('来文期限：上级热线要求何时回告；日期，或者时刻'),
  })
  .meta({ id: 'ChannelMapping', description: '工单各栏从消息的哪里取：FEEL 表达式，消息写作 message' });

const terms = {
  name: column('来源', 'text', text(60).meta({ description: '名称', example: '短信网关' })),
  channel,
  mapping,
};

const source = shape('ChannelSource', {
  id: z.number().int(),
  ...terms,
  proof: z.enum(['signature', 'token', 'api-key', 'mailbox']).describe('mailbox：程序自己读的邮箱，没有密钥'),
  address: column('发往的地址', 'person', z.string().nullable()).meta({
    description: '它发往的地址；邮箱没有',
    example: '/api/channels/0a1b2c/messages',
  }),
  lastMessageAt: column('最近来信', 'text', instant.nullable().describe('最近一件来信，精确到分')),
  lastFailure: column('最近的问题', 'text', z.string().nullable(), { none: '没有' }).describe(
    '最近一次为什么没有收下、没有读懂',
  ),
  accepted: column('件数', 'text', z.number().int().describe('受理了几件')),
  outAddress: z.string().nullable().describe('告知它的来电人的消息发往哪里；null 为不告知'),
  readAt: instant.nullable().describe('邮箱：上次读完的时刻'),
  createdAt: instant,
  createdBy: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  lastFailureAt: instant.nullable(),
  putAside: z.number().int().describe('等人处理的有几件'),
});

const shownSecret = z.string().describe('密钥或者口令，只在这里出现一次');

const outcome = shape('ChannelOutcome', {
  status: z.enum(['accepted', 'put-aside']).describe('受理了；读不懂，留给人处理'),
  workOrder: workOrderNo.nullable(),
  callerSecret: callerSecret.nullable().describe('来电人的查询码，请转告'),
  reason: z.string().nullable().describe('为什么读不懂'),
  notice: z.string().nullable().meta({
    description: '话里提示警情或者其他渠道的，请立即转告来电人；没有的为 null',
    example: '紧急：请立即拨打 110（110 报警服务台），不要等这里。',
  }),
});

const putAside = shape('PutAsideMessage', {
  id: z.number().int(),
  sourceName: column('来源', 'text', z.string()),
  receivedAt: column('收到', 'instant', instant),
  reason: column('为什么读不懂', 'text', z.string()),
  text: column('原文', 'text', z.string().describe('原文，至多 20000 字')),
  channel: z.string(),
  cut: z.boolean().describe('true：原文更长'),
});

const registration = shapeAsked('PutAsideRegistration', {
  kind,
  title: text(200).describe('标题'),
  content: text(20_000).describe('事项内容'),
  callerName: text(100).nullish().describe('来电人'),
  callerContact: text(100).nullish().describe('联系方式'),
  externalNo: text(100).nullish().describe('来文编号：上级热线的来信，写它自己的编号'),
  externalDue: day.nullish().describe('来文期限：这一天 24:00 以前'),
});

const header = (longest: number, description: string) =>
  z.string().max(longest).optional().meta({ description });

const trial = shape('ChannelTrial', {
  problem: z.string().nullable().describe('为什么读不懂；null 为读懂了'),
  messageId: z.string().nullable(),
  sheet: z
    .object({
      kind: z.string(),
      title: z.string(),
      content: z.string(),
      callerName: z.string().nullable(),
      callerContact: z.string().nullable(),
      callerAddress: z.string().nullable(),
      place: z.string().nullable(),
      district: z.string().nullable(),
      replyWanted: z.boolean(),
      confidential: z.boolean(),
      language,
      messagesWanted,
      externalNo: z.string().nullable(),
      externalDue: instant.nullable(),
    })
    .nullable(),
  files: z
    .array(z.object({ name: z.string(), bytes: z.number().int(), problem: z.string().nullable() }))
    .describe('读出的附件；problem 为什么读不出'),
});

const mappingRefusals = ['expression.invalid'] as const;

export const channelSourceOperations = under('诉求来源', {
  receiveChannelMessage: {
    request: 'POST /api/channels/{key}/messages',
    quiet: true,
    summary: '来源发来一件诉求：受理，或者读不懂的留给人处理；同一件再发，答复不变',
    access: 'anyone',
    because: '凭来源自己的签名或者口令',
    params: z.strictObject({ key: text(60).describe('来源的地址里的那一段') }),
    headers: z.object({
      'content-type': header(
        200,
        'application/json、application/x-www-form-urlencoded 或者 multipart/form-data',
      ),
      'webhook-id': header(200, '消息的编号，重发不变'),
      'webhook-timestamp': header(20, '发的时刻，Unix 秒；与本系统相差不超过 300 秒'),
      'webhook-signature': header(1000, 'v1, 加 HMAC-SHA-256 的 Base64'),
      'x-channel-token': header(200, '口令；只给不能签名的来源'),
    }),
    body: z.instanceof(Uint8Array),
    raw: true,
    answers: { 200: json('收下了', outcome) },
    refusals: ['source.not-verified', ...stepRefusals],
  },
  listChannelSources: {
    request: 'GET /api/channel-sources',
    summary: '诉求的来源，在用的在前；密钥不显示',
    access: ['system-admin'],
    answers: { 200: json('来源', shape('ChannelSources', { items: z.array(source) })) },
  },
  addChannelSource: {
    request: 'POST /api/channel-sources',
    summary: '设一个来源，记入轨迹；密钥只在答复里出现一次',
    access: ['system-admin'],
    body: shapeAsked('NewChannelSource', { ...terms, proof }),
    answers: { 201: json('已设', shape('AddedChannelSource', { ...source.shape, secret: shownSecret })) },
    refusals: ['source.exists', ...mappingRefusals],
  },
  changeChannelSource: {
    request: 'PUT /api/channel-sources/{id}',
    summary: '改来源的名称、渠道、对应关系，记入轨迹；以后收到的照新的',
    access: ['system-admin'],
    params: numbered,
    body: shapeAsked('ChannelSourceTerms', terms),
    answers: { 200: json('改后的来源', source) },
    refusals: ['source.not-found', 'source.exists', ...mappingRefusals],
  },
  renewChannelSource: {
    request: 'POST /api/channel-sources/{id}/secret-rotation',
    summary: '换密钥或者口令，原来的立即作废，记入轨迹',
    access: ['system-admin'],
    params: numbered,
    body: shapeAsked('ChannelSourceProof', { proof }),
    answers: { 200: json('新的密钥', shape('ChannelSourceSecret', { secret: shownSecret })) },
    refusals: ['source.not-found'],
  },
  closeChannelSource: {
    request: 'POST /api/channel-sources/{id}/closure',
    summary: '停用来源，以后发来的一律拒绝，记入轨迹',
    access: ['system-admin'],
    params: numbered,
    answers: { 200: json('停用后的来源', source) },
    refusals: ['source.not-found'],
  },
  tryChannelMapping: {
    request: 'POST /api/channel-sources/trial',
    quiet: true,
    summary: '用一件样例试对应关系：读出哪几栏，或者为什么读不懂；什么也不存',
    access: ['system-admin'],
    body: shapeAsked('ChannelMappingTrial', {
      mapping,
      sample: text(100_000).meta({ description: '样例原文', example: '{"text":"路灯坏了"}' }),
      form: z.boolean().default(false).describe('true：样例是表单（a=1&b=2）'),
    }),
    answers: { 200: json('读出的', trial) },
    refusals: mappingRefusals,
  },
  listPutAside: {
    request: 'GET /api/put-aside-messages',
    summary: '读不懂、等人处理的来信，先来的在前',
    access: ['intake'],
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(2_147_483_647).default(0).describe('只列编号更大的'),
      limit: z.coerce.number().int().min(1).max(200).default(50).describe('至多几件'),
    }),
    answers: { 200: json('来信', shape('PutAsideMessages', { items: z.array(putAside) })) },
  },
  registerPutAside: {
    request: 'POST /api/put-aside-messages/{id}/work-order',
    quiet: true,
    summary: '把一件来信登记成工单，记入轨迹',
    access: ['intake'],
    params: numbered,
    body: registration,
    answers: { 201: json('已受理', shape('RegisteredPutAside', { workOrder: workOrderNo, callerSecret })) },
    refusals: ['message.not-found', 'upstream.accepted', 'calendar.invalid', ...stepRefusals],
  },
  dismissPutAside: {
    request: 'POST /api/put-aside-messages/{id}/dismissal',
    summary: '这件来信不受理，记入轨迹；原文随即删除',
    access: ['intake'],
    params: numbered,
    body: shapeAsked('PutAsideDismissal', {
      why: z
        .enum(['not-a-request', 'advertising', 'repeated', 'test'])
        .describe('不是诉求、广告、重复、测试'),
    }),
    answers: { 200: json('已处理', shape('DismissedPutAside', { id: z.number().int() })) },
    refusals: ['message.not-found'],
  },
});

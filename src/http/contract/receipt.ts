/** A caller's receipt: callers get it on their page or from agents, and anybody can check it. */
import { z } from 'zod';
import { cites } from './said-by-law.js';
import { json, under } from './operation.js';
import { instant, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { workOrderParams } from './work-order.js';

const encoded = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .describe('回执的文件，base64url，不补等号');

const given = shape('GivenReceipt', {
  state: z
    .enum(['ready', 'later', 'altered'])
    .describe(
      'ready 有了；later 稍后：条目还没有进入签过名的检查点，一般几秒；altered 诉求的文字与轨迹的记载不符，不能出具',
    ),
  receipt: encoded.nullable().describe('没有的为 null'),
  entry: z.number().int().nullable().describe('是全库日志的第几条，自 1 起'),
});

const checked = shape('CheckedReceipt', {
  verdict: z
    .enum(['genuine', 'contradicted', 'truncated', 'no-receipt', 'altered', 'foreign'])
    .describe(
      'genuine 真的；contradicted 真的，但现在的日志与它对不上，已经告知审计；truncated 不全；no-receipt 不是回执；altered 被改过；foreign 不是本系统签的',
    ),
  contradiction: z
    .enum(['rolled-back', 'rewritten', 'entry-gone'])
    .nullable()
    .describe('怎样对不上：日志变短、前面被改写、条目没有了'),
  receipt: z
    .object({
      acceptedAt: instant,
      issuedAt: instant,
      entry: z.number().int().describe('日志的第几条，自 1 起'),
      size: z.number().int().describe('所据的检查点共几条'),
      origin: z.string().describe('日志的名称'),
      key: z.string().describe('签名的公钥，C2SP 的写法'),
      witnesses: z
        .array(z.object({ name: z.string(), at: instant }))
        .describe('联署的见证人；没有的，外面没有人见证过'),
    })
    .nullable()
    .describe('不是真的为 null'),
  now: z
    .object({ size: z.number().int(), signedAt: instant.nullable() })
    .nullable()
    .describe('现在的日志共几条，何时签的名'),
  fits: z.boolean().nullable().describe('所填的编号和原话是不是回执上的；没有都填的为 null'),
});

export const receiptOperations = under('来电人查询', {
  giveReceipt: {
    request: 'POST /api/progress/receipt',
    summary: `来电人取得回执：这件事、这些话、这一刻受理，是日志的第几条（${cites('progress')}）`,
    access: 'anyone',
    because: `来电人没有帐号，凭工单编号和查询码（${cites('progress')}）；失败、次数都有限制`,
    body: shapeAsked('ReceiptQuestion', { no: workOrderNo, secret: text(60) }),
    answers: { 200: json('回执，或者为什么还没有', given) },
    refusals: ['progress.not-found'],
  },
  giveReceiptAtDesk: {
    request: 'POST /api/work-orders/{no}/receipt',
    summary: '为打电话来的人打印回执',
    access: ['intake', 'supervisor'],
    params: workOrderParams,
    answers: { 200: json('回执，或者为什么还没有', given) },
    refusals: ['case.not-found'],
  },
  checkReceipt: {
    request: 'POST /api/receipts/check',
    quiet: true,
    summary: '核对回执：真不真，现在的日志还是不是它所据的那一本；对不上的告知审计',
    access: 'anyone',
    because: '谁拿着回执都可以核对，里面没有个人信息；同一地址的次数有限制',
    body: shapeAsked('ReceiptToCheck', {
      receipt: text(4000).describe('回执的文件，base64url；二维码里的整个地址也可以'),
      no: text(60).optional().describe('工单编号；不保存'),
      words: text(4000).optional().describe('诉求的原话；不保存'),
    }),
    answers: { 200: json('核对的结果', checked) },
  },
});

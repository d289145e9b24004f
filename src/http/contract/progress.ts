/** The caller's query for the progress of a matter. */
import { z } from 'zod';
import { json, stepRefusals, under } from './operation.js';
import { civilDate, instant, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { timeTakenToCaller } from './time-taken.js';
import { workOrderParams } from './work-order.js';
import { cites, where } from './said-by-law.js';

export const callerSecret = z.string().meta({
  description: `查询码，12 位数字：来电人凭它和工单编号查询进度（${cites('progress')}）。只在这里给一次，系统不存原文`,
  example: '048213975561',
});

/** The proof that a sheet is the caller's own. */
const proof = { no: workOrderNo, secret: text(60).describe('查询码；空格、横线不计') };
const question = shapeAsked('ProgressQuestion', proof);

const rating = z
  .enum(['satisfied', 'fair', 'dissatisfied'])
  .describe('satisfied 满意，fair 基本满意，dissatisfied 不满意');

export const progress = shape('Progress', {
  no: workOrderNo,
  receivedAt: instant,
  stage: z.enum(['accepted', 'handling', 'checking', 'ended']),
  stageName: z.string().meta({ description: '走到哪一步', example: '承办单位办理中' }),
  unit: z.string().nullable().describe('承办单位；还没有确定，或者来电人要求保密的，为 null'),
  limits: z
    .array(
      z.object({
        name: z.string(),
        due: instant.nullable().describe('期限届满的一刻；暂停时为 null'),
        dueDate: civilDate.nullable().describe('最后可办之日；暂停时为 null'),
      }),
    )
    .describe('正在计时的法定期限、已经告知来电人的期限'),
  promisedDate: civilDate.nullable().describe('承办单位答复的办结日期；没有的为 null'),
  answers: z
    .array(
      z.object({
        at: instant,
        title: z.string().meta({ example: '解决措施' }),
        text: z.string().nullable().describe('不予显示的为 null'),
        withheld: z.string().nullable().describe('不予显示的事由和依据；显示的为 null'),
      }),
    )
    .describe(
      `办理的进度、措施、依据、解释、答复、结果，先有的在前；显示哪些由条例的词汇定（${cites('progress')}）`,
    ),
  timeTaken: timeTakenToCaller,
  said: z
    .array(
      z.object({
        at: instant,
        what: z.enum(['added', 'urged', 'rated']).describe('补充、催办、评价'),
        rating: rating.nullable(),
      }),
    )
    .describe('来电人在查询页做过的，先有的在前；补充的内容不在其中'),
  may: z
    .object({
      add: z.boolean(),
      urge: z.boolean(),
      explain: z.boolean(),
      rate: z.boolean(),
      withdraw: z.boolean(),
    })
    .describe('此刻可以：补充、催办、要求说明、评价、撤回'),
  endedAt: instant.nullable(),
  outcome: z.string().nullable().meta({ description: '办理结果；还没有办结的为 null', example: '办结' }),
});

const proven = `来电人没有帐号，凭工单编号和查询码（${cites('progress')}）；失败、次数都有限制`;
const told = [
  ...(['progress.not-found', 'caller-act.too-many', 'stimulus.not-waiting', 'unit.not-found'] as const),
  ...stepRefusals,
] as const;

export const progressOperations = under('来电人查询', {
  readProgress: {
    request: 'POST /api/progress',
    quiet: true,
    summary: `凭工单编号和查询码查询本人事项的办理进度和结果（${cites('progress')}）`,
    access: 'anyone',
    because: proven,
    body: question,
    answers: { 200: json('进度', progress) },
    refusals: ['progress.not-found'],
  },
  addFromCaller: {
    request: 'POST /api/progress/additions',
    summary: '来电人补充情况：记入轨迹，内容封存，办理的人看得到；同样的话只记一次',
    access: 'anyone',
    because: proven,
    body: shapeAsked('CallerAddition', { ...proof, text: text(4000) }),
    answers: { 200: json('补充后的进度', progress) },
    refusals: ['progress.not-found', 'caller-act.too-many', ...stepRefusals],
  },
  urgeFromCaller: {
    request: 'POST /api/progress/urges',
    summary: `来电人催办（${cites('callers-wishes')}）：一天一次，告知承办单位和热线`,
    access: 'anyone',
    because: proven,
    body: question,
    answers: { 200: json('催办后的进度', progress) },
    refusals: ['progress.not-found', 'caller-act.too-many', 'caller-act.not-possible', ...stepRefusals],
  },
  rateFromCaller: {
    request: 'POST /api/progress/ratings',
    summary: `来电人自行评价答复：另是一条记录${where('call-back', `，不代替回访（${cites('follow-up')}）`)}`,
    access: 'anyone',
    because: proven,
    body: shapeAsked('CallerRating', { ...proof, rating, comment: text(1000).optional() }),
    answers: { 200: json('评价后的进度', progress) },
    refusals: ['progress.not-found', 'caller-act.not-possible', ...stepRefusals],
  },
  demandExplanation: {
    request: 'POST /api/progress/explanations',
    summary: `来电人要求作出说明（${cites('callers-wishes')}）`,
    access: 'anyone',
    because: proven,
    body: shapeAsked('CallerDemand', { ...proof, about: text(2000).optional() }),
    answers: { 200: json('要求以后的进度', progress) },
    refusals: [...told],
  },
  withdrawFromCaller: {
    request: 'POST /api/progress/withdrawal',
    summary: '来电人撤回自己的事项，不论从哪个渠道提出；举报、有所指控的投诉不因撤回而终止',
    access: 'anyone',
    because: proven,
    body: shapeAsked('CallerWithdrawal', { ...proof, reason: text(2000) }),
    answers: { 200: json('撤回以后的进度', progress) },
    refusals: ['caller-act.not-possible', ...told],
  },
  reissueCallerSecret: {
    request: 'POST /api/work-orders/{no}/caller-secret',
    summary: `重新给来电人一个查询码，原来的作废，记入轨迹（${cites('progress')}）`,
    access: ['intake'],
    params: workOrderParams,
    answers: { 201: json('新的查询码', shape('CallerSecret', { callerSecret })) },
    refusals: ['case.not-found', ...stepRefusals],
  },
});

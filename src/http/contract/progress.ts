/** The caller's query for the progress of a matter. */
import { z } from 'zod';
import { json, stepRefusals, type Operation } from './operation.js';
import { civilDate, instant, text, workOrderNo } from './primitives.js';
import { workOrderParams } from './work-order.js';
import { lawOf } from '../../kernel/law.js';

export const callerSecret = z.string().meta({
  description: `查询码,12 位数字:来电人凭它和工单编号查询进度(${lawOf('progress')})。只在这里给一次,系统不存原文`,
  example: '048213975561',
});

const question = z
  .strictObject({ no: workOrderNo, secret: text(60).meta({ description: '查询码;空格、横线不计' }) })
  .meta({ id: 'ProgressQuestion' });

export const progress = z
  .object({
    no: workOrderNo,
    receivedAt: instant,
    stage: z.enum(['accepted', 'handling', 'checking', 'ended']),
    stageName: z.string().meta({ description: '走到哪一步', example: '承办单位办理中' }),
    unit: z.string().nullable().meta({ description: '承办单位;还没有确定,或者来电人要求保密的,为 null' }),
    limits: z
      .array(
        z.object({
          name: z.string(),
          due: instant.nullable().meta({ description: '期限届满的一刻;暂停时为 null' }),
          dueDate: civilDate.nullable().meta({ description: '最后可办之日;暂停时为 null' }),
        }),
      )
      .meta({ description: '正在计时的法定期限、已经告知来电人的期限' }),
    promisedDate: civilDate.nullable().meta({ description: '承办单位答复的办结日期;没有的为 null' }),
    answers: z
      .array(
        z.object({
          at: instant,
          title: z.string().meta({ example: '解决措施' }),
          text: z.string().nullable().meta({ description: '不予显示的为 null' }),
          withheld: z.string().nullable().meta({ description: '不予显示的事由和依据;显示的为 null' }),
        }),
      )
      .meta({
        description: `办理的进度、措施、依据、解释、答复、结果,先有的在前;显示哪些由条例的词汇定(${lawOf('progress')})`,
      }),
    endedAt: instant.nullable(),
    outcome: z.string().nullable().meta({ description: '办理结果;还没有办结的为 null', example: '办结' }),
  })
  .meta({ id: 'Progress' });

export const progressOperations = {
  readProgress: {
    method: 'post',
    path: '/api/progress',
    tag: '来电人查询',
    summary: `凭工单编号和查询码查询本人事项的办理进度和结果(${lawOf('progress')})`,
    access: 'anyone',
    because: `来电人没有帐号,凭工单编号和查询码(${lawOf('progress')});失败有次数限制`,
    body: question,
    answers: { 200: json('进度', progress) },
    refusals: ['progress.not-found'],
  },
  reissueCallerSecret: {
    method: 'post',
    path: '/api/work-orders/{no}/caller-secret',
    tag: '来电人查询',
    summary: `重新给来电人一个查询码,原来的作废,记入轨迹(${lawOf('progress')})`,
    access: ['intake'],
    params: workOrderParams,
    answers: { 201: json('新的查询码', z.object({ callerSecret }).meta({ id: 'CallerSecret' })) },
    refusals: ['case.not-found', ...stepRefusals],
  },
} as const satisfies Record<string, Operation>;

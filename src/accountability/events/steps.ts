/** Steps of a case: what the engine did with one stimulus. */
import { z } from 'zod';
import {
  actor,
  count,
  document,
  flag,
  instant,
  json,
  listOf,
  ofCase,
  provisions,
  text,
  texts,
  type CaseEvent,
} from './event.js';

export const derivation = json.describe('怎样算出的');

const armed = listOf(
  z.object({
    element: text,
    clock: text.optional().describe('条例里的哪个期限'),
    due: instant.nullable().describe('暂停的为空'),
    version: count.optional().describe('期限第几次变动，第 1 次不写'),
    provisional: flag.optional(),
    derivation: derivation.nullable(),
  }),
).describe('开始计时的');

const clocks = listOf(
  z.object({
    act: z.enum(['restart', 'pause', 'resume', 'extend']),
    limit: text,
    reason: text.optional(),
    workingDays: count.optional(),
  }),
).describe('对期限做了什么');

const deeds = listOf(z.object({ name: text, facts: json.optional() })).describe(
  '做了条例词汇里的哪些行为，以及有法律意义的事实',
);

const thrown = listOf(
  z.object({ what: z.enum(['message', 'signal', 'escalation', 'error', 'compensation']), name: text }),
).describe('发出的消息、信号');

export const computed = json.describe('程序算出的变量');
const decisions = listOf(
  z.object({
    element: text,
    decision: text,
    version: count,
    inputs: listOf(
      z.object({ label: text, value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
    ),
    rules: listOf(count),
    outputs: json,
    insteadOf: count.optional(),
  }),
).describe(
  '照决策表作的决定：哪张表第几版、各输入的值（表里没有写到的文字不记）、适用第几行、各输出；insteadOf 是没有答案、由这一版代替的那一版',
);
export const data = json.describe('所填所答，封存的不在内');
export const recordedAt = instant.describe('记下的时刻');
export const element = text.describe('流程图上的环节');

/** Fields of every step. */
const step = {
  process: text.describe('流程'),
  version: count.describe('流程的第几版'),
  instance: count.describe('本工单的第几个流程实例'),
  recordedAt,
  actor: actor.optional(),
  data: data.optional(),
  computed: computed.optional(),
  decisions: decisions.optional(),
  deeds: deeds.optional(),
  forbidden: texts.optional().describe('做了条例不许做而只记下的：哪些规范'),
  entered: texts.optional().describe('走到的环节'),
  cancelled: texts.optional().describe('中断的环节'),
  standIns: z.record(text, text).optional().describe('此后由谁代办：环节的岗位 → 代办的岗位；空的是不再代办'),
  waiting: texts.optional().describe('停在哪些环节'),
  levels: texts.optional().describe('升级的级别'),
  provisions: provisions.optional(),
  thrown: thrown.optional(),
  armed: armed.optional(),
  withdrawn: texts.optional().describe('停止计时的'),
  rearmed: texts.optional().describe('已到过、重新计时的'),
  clocks: clocks.optional(),
  ended: z.enum(['completed', 'terminated', 'cancelled', 'error']).optional().describe('实例怎样结束'),
};

/** Set on a step that a calendar notice caused. */
const corrected = { document: document.optional() };

/** A decision that one person proposed and another, the actor, approved. */
export const decided = {
  proposal: count.describe('批准的是第几条提议'),
  proposedBy: text.describe('谁提出的'),
};

export const steps = {
  'instance.started': ofCase('流程开始', 'act', {
    ...step,
    ...corrected,
    of: text.optional().describe('由哪个消息开始'),
    timer: element.optional().describe('由哪个定时的开始事件开始'),
    derivation: derivation.optional(),
    from: text.optional().describe('发出消息、信号的流程'),
    signal: text.optional().describe('由哪个信号开始'),
    sender: text.optional().describe('发出信号的工单'),
    policies: count.optional().describe('所依政策的版本；工单的头一条才有'),
    resumes: count.optional().describe('接替第几个流程实例'),
  }),
  'instance.cancelled': ofCase('流程撤销', 'moves', step),
  'task.completed': ofCase('办结环节', 'act', { ...step, of: element }),
  'task.failed': ofCase('环节未能办成', 'moves', { ...step, of: element, code: text.describe('原因的代码') }),
  'timer.fired': ofCase('计时到', 'moves', {
    ...step,
    of: element,
    clock: text.optional().describe('条例里的哪个期限届满'),
  }),
  'message.received': ofCase('收到通知', 'act', {
    ...step,
    ...corrected,
    of: text.describe('消息'),
    from: text.optional().describe('发出消息的流程'),
  }),
  'signal.received': ofCase('收到信号', 'moves', {
    ...step,
    of: text.describe('信号'),
    from: text.optional().describe('发出信号的流程'),
    sender: text.optional().describe('发出信号的工单，本工单发出的不写'),
  }),
  'condition.met': ofCase('条件成立', 'moves', step),
  'token.moved': ofCase('人工移到别的环节', 'moves', { ...step, ...decided, of: element, to: element }),
  'own-variable.corrected': ofCase('人工更正活动的变量', 'moves', {
    ...step,
    ...decided,
    of: element,
    variable: text.describe('变量'),
    from: text.describe('原来的值（JSON）；更正后的在 data'),
  }),
  'token.withdrawn': ofCase('人工取消环节', 'moves', { ...step, ...decided, of: element }),
  'deadline.rearmed': ofCase('重新计时', 'moves', {
    ...step,
    ...corrected,
    of: element,
    revoked: count.optional().describe('撤回的是第几条'),
    migration: count.optional().describe('第几次换版'),
    replaced: listOf(z.object({ element: text, due: instant.nullable() }))
      .optional()
      .describe('不再算数的时刻'),
  }),
} as const satisfies { readonly [type: string]: CaseEvent<'act' | 'moves'> };

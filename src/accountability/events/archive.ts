/** Records of the system that this one replaced. They are kept unchanged, and nobody works on them. */
import { z } from 'zod';
import { actor, count, event, instant, listOf, sha256, text } from './event.js';

/** Kinds of an old system's records. */
export const archivedKinds = {
  process: '流程实例',
  activity: '环节',
  task: '待办',
  variable: '变量',
  detail: '变量的改动',
  operation: '操作',
  incident: '异常',
  comment: '批注',
  link: '指派',
  decision: '决策',
  job: '后台任务',
} as const;

export type ArchivedKind = keyof typeof archivedKinds;

export const archive = {
  'archive.opened': event('归档旧系统的一件历史', {
    actor,
    system: z.enum(['camunda-7']).describe('哪种系统'),
    oldInstance: text.describe('旧系统里的流程实例'),
    definition: text.describe('旧系统里的流程'),
    version: count.optional().describe('流程的第几版'),
    businessKey: text.optional().describe('旧系统里的编号'),
    startedAt: instant.describe('何时开始'),
    endedAt: instant.describe('何时结束'),
    startedBy: text.optional().describe('旧系统里谁开始的'),
    outcome: text.describe('旧系统说它怎样结束'),
    records: count.describe('几条记录'),
    digest: sha256.describe('全部记录的 SHA-256：逐条（种类和原样）规范 JSON 的 SHA-256，排序，再取'),
    sources: listOf(z.object({ file: text, sha256 })).describe('从哪些文件来，各文件的 SHA-256'),
  }),
  'archive.recorded': event('旧系统的一条记录', {
    kind: z.enum(Object.keys(archivedKinds) as [ArchivedKind, ...ArchivedKind[]]).describe('哪种记录'),
    id: text.describe('旧系统里的编号'),
    happenedAt: instant.optional().describe('旧系统说何时发生'),
    endedAt: instant.optional().describe('旧系统说何时结束'),
    actor: actor.optional().describe('旧系统说谁做的，写作 Camunda（登录名）'),
    of: text.optional().describe('旧系统流程图上的环节'),
    name: text.optional().describe('环节、变量、操作的名称；整条原样封存'),
  }),
  'archive.revealed': event('查看归档的旧历史', {
    actor,
    purpose: text.describe('为什么'),
    records: count.describe('看了几条'),
  }),
  'archive.log-checked': event('旧日志对照条例', {
    actor,
    file: text.describe('上传的文件'),
    sha256: sha256.describe('文件的 SHA-256'),
    mapping: sha256.describe('对照表的规范 JSON 的 SHA-256'),
    regulation: listOf(text).describe('依哪几版条例'),
    calendar: text.describe('工作日历的版本'),
    cases: count.describe('几件'),
    impossible: count.describe('几件有依法不可能的记载'),
    report: sha256.describe('结果的规范 JSON 的 SHA-256'),
  }),
} as const;

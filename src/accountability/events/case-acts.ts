/** Entries of a case besides its steps: corrections after a calendar notice, and acts outside the processes. */
import { z } from 'zod';
import {
  actor,
  count,
  day,
  document,
  flag,
  instant,
  ofCase,
  provisions,
  sha256,
  text,
  texts,
  type CaseEvent,
} from './event.js';
import { computed, data, decided, derivation, element, recordedAt } from './steps.js';

const correction = { actor, document, recordedAt, of: element };
const wrongCard = {
  ...correction,
  from: instant.describe('原来的时刻'),
  due: instant.describe('按新安排应在的时刻'),
  derivation,
};
/** `data` holds the case variables it sets. */
const amendment = { actor: actor.optional(), recordedAt, data: data.optional() };
/** Values of fields that no person writes, by field. */
const plain = z.record(text, z.union([text, flag]).nullable());
/** Entries of information given to the caller. The text is sealed; the address is not recorded. */
const told = {
  message: count.describe('第几件消息'),
  occasion: text.describe('什么时候告知'),
  entry: count.describe('告知的是第几条'),
  way: z.enum(['email', 'webhook']).nullable().describe('email 邮件，webhook 来源自己的地址'),
  source: text.nullable().describe('经哪个来源'),
  language: text.describe('语言'),
  template: count.describe('文本的第几版；0 是随附的'),
  provisions,
};
const upstream = { source: text.describe('哪个来源'), number: text.describe('它的编号') };
/** Set if a retention rule erased the data, not a person. */
const keeping = { policy: text.describe('所依政策').optional(), keep: text.describe('保存多久').optional() };

/** A fired timer whose process cannot continue. */
const incident = {
  incident: text.describe('本工单的哪一件异常'),
  kind: z
    .enum(['timer', 'message', 'condition'])
    .describe('timer 到期的计时，message 给本工单另一流程的通知，condition 成立的条件'),
  process: text.describe('流程'),
  version: count.describe('流程的第几版'),
  instance: count.optional().describe('本工单的第几个流程实例；通知要开始的流程没有'),
  of: text.describe('哪个计时、哪个通知、哪个流程的条件'),
  where: text.optional().describe('在哪个环节走不下去'),
  due: instant.describe('本该发生的法定时刻'),
  recordedAt,
};

export const caseActs = {
  'regulation.kept': ofCase('仍依受理时的条例', 'beside', {
    ...amendment,
    file: text.describe('新的一版在审计包里的文件'),
    version: text.describe('新的是哪一版'),
    validFrom: day.describe('新的一版自何日起施行'),
  }),
  'regulation.applied': ofCase('此后依条例的新版', 'beside', {
    ...amendment,
    file: text.describe('审计包里的文件'),
    version: text.describe('条例的哪一版'),
    validFrom: day.describe('自何日起施行'),
  }),
  'deadline.recomputed': ofCase('重算期限', 'moves', {
    ...correction,
    instance: count.describe('本工单的第几个流程实例'),
    from: instant.describe('原来的届满时刻'),
    due: instant.describe('现在的届满时刻'),
    provisional: flag,
    derivation,
  }),
  'escalation.revoked': ofCase('撤回给早了的升级', 'beside', {
    ...wrongCard,
    revokes: count.describe('撤回的是第几条'),
    revokedLevels: texts,
  }),
  'escalation.redated': ofCase('更正升级的时刻', 'beside', {
    ...wrongCard,
    redates: count.describe('更正的是第几条'),
    redatedLevels: texts,
  }),
  'outcome.corrected': ofCase('更正办理结果', 'variables', {
    ...amendment,
    document,
    from: text.describe('原来的结果'),
    to: text.describe('更正后的结果'),
    computed,
  }),
  'case.migrated': ofCase('换到流程的另一版', 'moves', {
    actor,
    recordedAt,
    process: text.describe('流程'),
    version: count.describe('换到第几版'),
    instance: count.describe('本工单的第几个流程实例'),
    from: count.describe('原来是第几版'),
    migration: count.describe('第几次换版'),
    mapping: z.record(text, text).describe('旧版的环节对应新版的哪个'),
    withdrawn: texts.optional().describe('停止计时的'),
  }),
  'incident.opened': ofCase('走不下去的异常', 'beside', {
    ...incident,
    code: text.describe('错误代码'),
    why: text.describe('为什么'),
  }),
  'incident.retried': ofCase('再试异常', 'beside', { ...incident, actor }),
  'incident.closed': ofCase('异常了结', 'beside', {
    ...incident,
    how: z.enum(['went-on', 'withdrawn']).describe('went-on 已经照办，withdrawn 不再需要'),
    tries: count.describe('一共没有成功几次'),
  }),
  'intervention.proposed': ofCase('提出人工处置', 'beside', {
    ...amendment,
    login: text.describe('提出人的登录名'),
    basedOn: sha256.describe('所看的工单现状的 SHA-256；其后变了的，提议作废'),
    act: z.enum(['set', 'move', 'withdraw']).describe('set 更正变量，move 移到别的环节，withdraw 取消环节'),
    process: text.optional().describe('令牌所在的流程'),
    version: count.optional().describe('流程的第几版'),
    instance: count.optional().describe('本工单的第几个流程实例'),
    variable: text.optional().describe('变量'),
    from: text.optional().describe('现在的值（JSON）'),
    value: text.optional().describe('更正为（JSON）'),
    token: text.optional().describe('哪个令牌'),
    of: element.optional(),
    to: element.optional().describe('移到哪个环节'),
  }),
  'intervention.withdrawn': ofCase('人工处置的提议不用了', 'beside', {
    ...amendment,
    proposal: count.describe('第几条提议'),
  }),
  'variable.corrected': ofCase('人工更正变量', 'variables', {
    ...amendment,
    ...decided,
    variable: text.describe('变量'),
    instance: count.optional().describe('本工单的第几个流程实例'),
    from: text.describe('原来的值（JSON）；更正后的在 data'),
  }),
  'sheet.classified': ofCase('工单归类', 'sheet', {
    ...amendment,
    classification: count.describe('分类的第几版'),
    class: text.describe('分类的编码'),
  }),
  'sheet.corrected': ofCase('更正工单', 'sheet', {
    ...amendment,
    fields: texts.describe('更正了哪几项'),
    from: plain.describe('原来的；人写的文字另行封存，来电人的资料加密另存').optional(),
    to: plain.describe('更正后的').optional(),
    provisions,
  }),
  'sheet.assigned': ofCase('分派工单', 'beside', {
    ...amendment,
    unit: text.describe('在哪个单位里；期限和责任仍是这个单位的'),
    person: text.describe('分给谁；谁、哪个组都没有写的，是收回分派').optional(),
    team: text.describe('分给哪个组').optional(),
  }),
  'sheet.merged': ofCase('并单', 'beside', {
    ...amendment,
    member: text.describe('并入的工单'),
    lead: text.describe('主单'),
    score: count.describe('当时的相近程度，0 至 100'),
    provisions,
  }),
  'sheet.unmerged': ofCase('拆单', 'beside', {
    ...amendment,
    member: text.describe('拆出的工单'),
    lead: text.describe('主单'),
    provisions,
  }),
  'sheet.carried': ofCase('随主单办理', 'beside', {
    ...amendment,
    lead: text.describe('主单'),
    first: count.describe('主单的第几条'),
    last: count.describe('到主单的第几条'),
    steps: count.describe('在本工单办了几步'),
    provisions,
  }),
  'person.recused': ofCase('登记须回避的人', 'beside', {
    ...amendment,
    known: count.describe('有帐号的几人'),
    unknown: count.describe('没有帐号的几人'),
    provisions,
  }),
  'caller-secret.issued': ofCase('重新发给来电人查询码', 'beside', { ...amendment, provisions }),
  'call.linked': ofCase('记下通话编号', 'beside', { ...amendment, provisions }),
  'emergency.suspected': ofCase('疑似警情', 'beside', {
    ...amendment,
    said: z
      .enum(['at-receipt', 'in-addition'])
      .describe('at-receipt 来件里说的，in-addition 来电人后来补充的话里说的'),
    channels: texts.describe('话里的词提示哪几个紧急渠道，按标识；是哪几个词，另行封存'),
    table: count.describe('其他渠道的表第几版；0 是随附的样本'),
    provisions,
  }),
  'emergency.settled': ofCase('疑似警情已处理', 'beside', {
    ...amendment,
    channels: texts.describe('标着的是哪几个紧急渠道，按标识；怎样处理的，另行封存'),
    provisions,
  }),
  'upstream.linked': ofCase('记下上级热线的编号', 'beside', {
    ...amendment,
    ...upstream,
    due: instant.nullable().describe('它要求的期限'),
    provisions,
  }),
  'upstream.handed-back': ofCase('结果回告上级热线', 'beside', {
    ...amendment,
    ...upstream,
    way: z.enum(['webhook', 'by-hand']).describe('webhook 发往它的地址，by-hand 由人回告'),
    outcome: text.describe('办理结果'),
    satisfaction: text.nullable().describe('回访时来电人的评价；没有回访到的为 null'),
    provisions,
  }),
  'upstream.reminded': ofCase('提醒上级热线的期限', 'beside', {
    ...amendment,
    ...upstream,
    stage: z.enum(['near', 'passed']).describe('near 将到，passed 已过'),
    due: instant.describe('它要求的期限'),
    provisions,
  }),
  'aim.reminded': ofCase('提醒推荐的期限', 'beside', {
    ...amendment,
    aim: text.describe('哪个来源的哪一条，或者哪项规范'),
    named: text.describe('名称、何处、说什么；推荐的，超过了没有人违反'),
    due: instant.describe('推荐在何时以前'),
  }),
  'note.added': ofCase('内部备注', 'beside', { ...amendment, provisions }),
  'note.struck': ofCase('划去内部备注', 'beside', {
    ...amendment,
    note: count.describe('划去的是第几条'),
    provisions,
  }),
  'caller.added': ofCase('来电人补充', 'beside', {
    ...amendment,
    way: text.describe('怎样来的：page 来电人的页面，mail 回信'),
    provisions,
  }),
  'caller.urged': ofCase('来电人催办', 'beside', { ...amendment, provisions }),
  'caller.rated': ofCase('来电人自行评价', 'beside', {
    ...amendment,
    rating: text.describe('satisfied 满意，fair 基本满意，dissatisfied 不满意'),
    provisions,
  }),
  'caller.erased': ofCase('删除来电人资料', 'beside', {
    ...amendment,
    ...keeping,
    fields: texts.describe('删了哪几项'),
    provisions,
  }),
  'attachment.added': ofCase('添加附件', 'beside', {
    ...amendment,
    attachment: text.describe('附件的编号'),
    shows: text.describe('所示：matter 诉求，before 办理前，after 办理后'),
    mediaType: text.describe('留存的格式'),
    receivedBytes: count.describe('收到几个字节'),
    receivedSha256: text.describe('收到的文件的 SHA-256'),
    keptBytes: count.describe('留存几个字节'),
    keptSha256: text.describe('留存的文件的 SHA-256；图片重新编码过，与收到的不同'),
    provisions,
  }),
  'attachment.refused': ofCase('没有收下附件', 'beside', {
    ...amendment,
    code: text.describe('错误代码'),
    why: text.describe('为什么'),
    receivedBytes: count.describe('收到几个字节'),
    receivedSha256: text.describe('收到的文件的 SHA-256；一个字节也没有的，是名称的'),
    provisions,
  }),
  'attachments.erased': ofCase('删除附件', 'beside', {
    ...amendment,
    ...keeping,
    attachments: texts.describe('删了哪几个附件'),
    provisions,
  }),
  'caller.told': ofCase('告知来电人', 'beside', { ...amendment, ...told }),
  'caller.not-told': ofCase('没有告知到来电人', 'beside', {
    ...amendment,
    ...told,
    why: text.describe('为什么'),
  }),
  'texts.erased': ofCase('按保存期限删除封存的文字', 'beside', {
    ...amendment,
    ...keeping,
    texts: count.describe('删了几段'),
    provisions,
  }),
} as const satisfies { readonly [type: string]: CaseEvent };

/** The rules the program applies: regulation, policies, calendar. */
import { z } from 'zod';
import { transitions } from '../../kernel/law.js';
import {
  actor,
  count,
  day,
  document,
  event,
  flag,
  json,
  listOf,
  login,
  reason,
  sha256,
  text,
} from './event.js';

const version = {
  regulation: text.describe('哪部条例'),
  version: text.describe('条例的哪一版'),
  sha256,
};

const transition = z
  .enum(transitions)
  .describe(
    '施行时还在办理的工单：old 依旧版办完，new 此后的行为依新版，recount 没有届满的期限也依新版重新计算',
  );
const amended = {
  amendment: count.describe('第几项修改'),
  revision: count.describe('第几稿'),
  sha256: sha256.describe('改成的目录的 SHA-256'),
  actor,
  login,
  reason,
};

export const regulation = {
  'amendment.saved': event('起草、改动条例的一项修改', {
    ...amended,
    title: text,
    source: text.describe('依据哪个决定'),
    inForceFrom: day.describe('自何日起施行'),
    transition,
    base: text.describe('改的是哪一版的目录'),
    edits: listOf(json).describe('逐项的改动'),
  }),
  'amendment.submitted': event('提交条例的修改', amended),
  'amendment.approved': event('批准条例的修改', { ...amended, approval: count.describe('第几个人批准') }),
  'amendment.rejected': event('不批准条例的修改', amended),
  'amendment.withdrawn': event('撤回条例的修改', amended),
  'regulation.unready': event('修改施行以后还没有跟上的', {
    amendment: count.describe('第几项修改'),
    count: count.describe('几处'),
    missing: listOf(text).describe('哪里、为什么；至多 20 处'),
  }),
  'regulation.recorded': event('记下条例的一版', {
    ...version,
    file: text.describe('审计包里的文件'),
    validFrom: day.describe('自何日起施行'),
    validTo: day.nullable().describe('到何日为止'),
    amendment: count.optional().describe('由第几项修改而来；随程序发布的不写'),
    transition: transition.optional(),
  }),
  // `source`, not `file`: files named by an entry are part of audit bundles.
  'regulation.text-loaded': event('载入条例的原文', {
    ...version,
    actor,
    source: text.describe('文件的名称'),
    effectiveFrom: day,
    effectiveTo: day.nullable(),
  }),
} as const;

const ruled = {
  proposal: count.describe('第几号提案'),
  actor,
  login,
  machine: text.optional().describe('在命令行上以其名义办的操作系统用户'),
  key: text.describe('哪项政策'),
  value: text,
  effectiveOn: day.describe('自何日起'),
  reason,
};

export const policies = {
  'policies.shipped': event('记下随程序发布的政策', {
    file: text.describe('审计包里的文件'),
    sha256,
    values: z.record(text, text),
  }),
  'policy.proposed': event('提出政策', { ...ruled, document: document.nullable() }),
  'policy.approved': event('批准政策', ruled),
  'policy.rejected': event('不批准政策', ruled),
  'policy.withdrawn': event('撤回政策提案', ruled),
} as const;

export const calendar = {
  'calendar.loaded': event('载入放假安排', {
    document,
    title: text,
    actor,
    sha256,
    content: sha256.describe('存下的种类、年份、各日的 SHA-256'),
    days: listOf(z.object({ date: day, working: flag, why: text })).describe('改动的日子'),
  }),
  'calendar.recomputed': event('按新安排重算期限', {
    document,
    actor,
    cases: count.describe('看过几件工单'),
    moved: count.describe('届满时刻变了的期限'),
    settled: count.describe('只是不再是暂定的期限'),
    revoked: count.describe('撤回的升级'),
  }),
} as const;

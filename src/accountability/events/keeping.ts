/** Operations on the record itself: reads, exports, erasures, manifests, keys, and the schema. */
import { z } from 'zod';
import { actor, count, event, flag, instant, provisions, sha256, text, texts } from './event.js';

export const reads = {
  'caller.revealed': event('查看来电人资料', {
    actor,
    case: text.describe('工单编号'),
    fields: texts.describe('看了哪几项'),
    purpose: text.describe('为什么'),
    provisions,
  }),
} as const;

export const exports = {
  'trail.exported': event('导出轨迹', {
    format: z.enum(['bundle', 'csv', 'xlsx', 'pdf', 'xes', 'ocel', 'log']),
    requester: actor,
    purpose: text.describe('作什么用'),
    program: text.describe('用什么程序导出的，哪一版').optional(),
    systemUser: text.describe('运行命令的操作系统用户；在控制台要求的没有').optional(),
    entries: count.describe('多少条'),
    size: count.describe('导出时全库多少条'),
    case: text.optional().describe('工单编号'),
    unit: text.optional(),
    person: text.optional(),
    from: instant.optional(),
    until: instant.optional(),
    kind: text.optional().describe('链的种类'),
    article: text.optional(),
    element: text.optional(),
    accountability: z.boolean().optional().describe('只要有问责的工单'),
  }),
  'export.fetched': event('下载导出的文件', {
    actor,
    export: count.describe('第几份导出'),
    file: text.describe('文件名'),
  }),
  'worklist.exported': event('导出待办', {
    actor,
    format: z.enum(['csv', 'xlsx']),
    choice: z.record(text, text).describe('怎样筛选、排序'),
    searched: flag.describe('另以词查找过；词不写'),
    rows: count.describe('多少项'),
  }),
} as const;

export const retention = {
  'data.erased': event('按保存期限清除数据', {
    actor,
    class: text.describe('哪一类'),
    rows: count,
    policy: text.describe('所依政策'),
    keep: text.describe('保存多久'),
    before: instant.describe('这一刻以前的'),
    provisions,
  }),
  'retention.ran': event('核对保存期限，清除到期的数据', {
    actor,
    erased: z.record(text, count).describe('各类清除了多少'),
    provisions,
  }),
} as const;

export const manifest = {
  'trail.manifest': event('写每日清单', {
    size: count.describe('全库前几条'),
    streams: count.describe('几条链'),
    root: sha256.describe('清单的根'),
    forked: count
      .optional()
      .describe('写清单时（或此前）全库已不是接着这么多条的检查点：尾部被截去，或被重写；接着的不写'),
    unaccounted: z
      .array(
        z.strictObject({
          stream: text,
          seq: count,
          why: z.enum(['case-cut', 'edited', 'inserted', 'head-moved', 'passed-over']),
        }),
      )
      .optional()
      .describe('写清单时已经对不上的：哪条链、记到第几条、怎样对不上；没有的不写，至多一百条'),
  }),
} as const;

export const keys = {
  'key.rotated': event('更换签名密钥', {
    from: text.describe('旧公钥'),
    to: text.describe('新公钥'),
    signedByOld: text.describe('旧密钥的签名'),
    signedByNew: text.describe('新密钥的签名'),
  }),
} as const;

export const receipts = {
  'receipt.issued': event('给来电人回执', {
    acceptedAt: instant.describe('受理的时刻'),
    digest: sha256.describe('工单编号和来电人原话的加盐的 SHA-256；盐只在来电人的回执里'),
  }),
} as const;

export const contradictions = {
  'receipt.contradicted': event('回执与现在的日志对不上', {
    size: count.describe('回执所据的检查点：全库前几条'),
    root: sha256.describe('它的根'),
    now: sha256.optional().describe('现在的日志前这么多条的根；不写的，现在没有这么多条'),
    index: count.describe('回执的条目的序号'),
    why: z.enum(['rolled-back', 'rewritten', 'entry-gone']).describe('日志变短，前面被改写，条目没有了'),
  }),
} as const;

export const anchors = {
  'root.compared': event('核对印在纸上的根', {
    actor,
    day: text.describe('印在纸上的日子'),
    size: count.describe('印在纸上的条数'),
    root: sha256.describe('印在纸上的根'),
    outcome: z
      .enum(['contained', 'rolled-back', 'rewritten'])
      .describe('现在的日志接着它、比它短、前面被改写'),
    now: count.describe('核对时签到第几条'),
  }),
} as const;

/** Written by the database itself, through triggers. */
export const schema = {
  'migration.run': event('数据库迁移', {
    name: text,
    sha256: sha256.describe('所执行文件的 SHA-256'),
    role: text.describe('数据库用户'),
  }),
  'schema.changed': event('改动数据库的表、函数、授权', {
    command: text,
    objects: text.describe('改了什么，至多写二十个'),
    count: count.describe('改了几个'),
    role: text.describe('数据库用户'),
    statement: text.describe('语句，至多两千字'),
    statementSha256: sha256.optional().describe('更长的语句，整句的 SHA-256'),
  }),
} as const;

/** Another system's log, uploaded and checked against the regulation. */
import { z } from 'zod';
import { verdicts, type Verdict } from '../../law/regulation/model/index.js';
import { column } from './column.js';
import { fileNameHeader } from './attachment.js';
import { complianceOfficers, json, under } from './operation.js';
import { anyObject, fileAnswer, instant, instantWritten, numbered, shape, shapeAsked } from './primitives.js';

const place = {
  provisions: z.string().describe('条文'),
  says: column('义务', 'text', z.string()),
};
const count = z.number().int();
const counted = (verdict: Verdict) => column(verdicts[verdict], 'number', count);
const counts = {
  met: counted('met'),
  late: counted('late'),
  unmet: counted('unmet'),
  returned: counted('returned'),
  open: counted('open'),
} satisfies Record<Verdict, z.ZodType>;
const lines = z.array(count).describe('日志的行号，至多 20 个');
const named = z.array(z.object({ name: z.string(), count }));

const report = shape('OldLogReport', {
  lines: count,
  unreadableLines: count,
  from: instantWritten.nullable(),
  asOf: instantWritten.describe('日志到这一刻为止是完整的'),
  regulation: z.array(z.string()).describe('依哪几版条例'),
  calendar: z.string().describe('工作日历的版本'),
  cases: count,
  impossible: count.describe('几件有依法不可能的记载'),
  norms: z.array(z.object({ norm: z.string(), ...place, ...counts })),
  units: z
    .array(
      z.object({
        unit: column('单位', 'person', z.string().nullable(), {
          none: '不归某个单位',
        }).describe('null 不归某个单位'),
        norm: z.string(),
        ...place,
        ...counts,
      }),
    )
    .describe('各单位的各项义务，至多 1000 行'),
  kinds: z.array(z.object({ kind: z.string(), count })).describe('依法不可能的记载，各几处'),
  findings: z
    .array(
      z.object({
        case: column('工单', 'text', z.string()),
        kind: column('种类', 'text', z.string()),
        provisions: column('条文', 'text', z.string()),
        what: column('为什么', 'text', z.string()),
        lines: column('行号', 'text', lines),
        unit: z.string().nullable(),
      }),
    )
    .describe('依法不可能的记载，前 300 处；全部在 findings.csv'),
  violations: z
    .array(
      z.object({
        case: column('工单', 'text', z.string()),
        ...place,
        unit: column('单位', 'person', z.string().nullable()),
        verdict: column('怎样', 'text', z.string()),
        openedAt: column('引起', 'instant', instantWritten),
        due: column('期限', 'limit', instantWritten.nullable()),
        endedAt: column('办成', 'instant', instantWritten.nullable()),
        workingDays: column('工作日', 'number', count.nullable().describe('用了几个工作日，照放假安排')),
        lines,
      }),
    )
    .describe('超期、没有履行、退回重办的，前 300 项；全部在 duties.csv'),
  left: z.array(z.object({ ...place, why: z.string() })).describe('日志看不出的义务'),
  unmapped: named.describe('对照表没有写的活动'),
  unknownValues: named.describe('对照表没有写的值，列=值'),
  missing: z.array(z.string()).describe('对照表里有而日志没有的列'),
  unreadable: z.array(z.object({ line: count, why: z.string() })).describe('读不了的行，前 50 行'),
  files: z.object({ duties: count, findings: count }).describe('两份 CSV 各多少字节'),
});

const head = {
  id: count,
  name: z.string().describe('文件名'),
  uploadedBy: z.string(),
  uploadedAt: instant,
  bytes: count,
  sha256: z.string(),
  state: z
    .enum(['none', 'running', 'failed', 'made'])
    .describe('none 还没有对照；running 正在对照；failed 没有做成；made 有了结果'),
  madeAt: instant.nullable(),
  logUntil: instant.describe('日志删除的时刻；以后只留着结果'),
  until: instant.describe('结果也删除的时刻'),
};

const oldLog = shape('OldLog', {
  ...head,
  isLogKept: z.boolean().describe('日志还在，可以改了对照表再对照'),
  done: count.describe('对照了几件'),
  failure: z.string().nullable().describe('为什么没有做成'),
  columns: z.array(z.string()).describe('日志的列'),
  activities: z
    .array(
      z.object({
        activity: z.string(),
        lines: count,
        deed: z.string().nullable().describe('起草时按字面认的行为'),
        alike: count.describe('相近几成，0 至 100'),
      }),
    )
    .describe('前 50000 行里的活动，多的在前'),
  mapping: anyObject.describe('对照表，写法见 docs/takeover.md'),
  report: report.nullable(),
});

const oldLogs = shape('OldLogs', { items: z.array(shape('OldLogHead', head)) });

const readers = [...complianceOfficers, 'auditor'] as const;

export const oldLogOperations = under('接替旧系统', {
  uploadOldLog: {
    request: 'POST /api/old-logs',
    summary: '上传旧系统的日志（CSV、XES，可以是 .gz），起草对照表；加密存放，三天以后删除',
    access: complianceOfficers,
    query: z.strictObject({
      encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']).default('utf-8'),
      zone: z
        .string()
        .regex(/^[A-Za-z]+(\/[A-Za-z_+\-0-9]+)*$/)
        .max(60)
        .default('Asia/Shanghai')
        .describe('没有写明时区的时刻，算哪里的'),
    }),
    headers: z.object({ 'x-file-name': fileNameHeader }),
    upload: true,
    answers: { 201: json('已收下', oldLog) },
    refusals: [
      'old-log.too-many',
      'input.too-large',
      'media-type.unsupported',
      'definition.altered',
      'vault.locked',
    ],
  },
  listOldLogs: {
    request: 'GET /api/old-logs',
    summary: '上传的旧日志，后传的在前',
    access: readers,
    answers: { 200: json('旧日志', oldLogs) },
  },
  readOldLog: {
    request: 'GET /api/old-logs/{id}',
    summary: '一份旧日志：对照表，对照的结果',
    access: readers,
    params: numbered,
    answers: { 200: json('旧日志', oldLog) },
    refusals: ['old-log.not-found', 'vault.locked'],
  },
  checkOldLog: {
    request: 'POST /api/old-logs/{id}/check',
    quiet: true,
    summary: '照对照表用条例对照：在后台做，代替以前的结果',
    access: complianceOfficers,
    params: numbered,
    body: shapeAsked('OldLogMapping', { mapping: anyObject }),
    answers: { 202: json('已记下，正在做', oldLog) },
    refusals: ['old-log.not-found', 'old-log.running', 'calendar.invalid'],
  },
  fetchOldLogTable: {
    request: 'GET /api/old-logs/{id}/{table}',
    summary: '结果的全部行，CSV:duties.csv 义务，findings.csv 依法不可能的记载',
    access: readers,
    params: numbered.extend({ table: z.enum(['duties.csv', 'findings.csv']) }),
    answers: { 200: fileAnswer('*/*') },
    refusals: ['old-log.not-found', 'vault.locked'],
  },
  dropOldLog: {
    request: 'DELETE /api/old-logs/{id}',
    summary: '现在就删除日志和结果',
    access: complianceOfficers,
    params: numbered,
    answers: { 200: json('余下的旧日志', oldLogs) },
    refusals: ['old-log.not-found'],
  },
});

/** The regulation as data: provisions, norms, their coverage, and the duties of cases. */
import { z } from 'zod';
import { column } from './column.js';
import { json, officers, sheetReaders, under } from './operation.js';
import {
  civilDate,
  cursorPage,
  cursorQuery,
  instant,
  positiveAsked,
  provision,
  realm,
  shape,
  text,
  workOrderNo,
} from './primitives.js';
import { workOrderParams } from './work-order.js';
import { cites, provisionOf, where } from './said-by-law.js';

const normId = z.string().describe('义务在条例目录里的编号');
const sha256 = z.string().describe('SHA-256，十六进制');

const regulationVersion = shape('RegulationVersion', {
  id: z.number().int(),
  version: column('版', 'text', z.string().meta({ example: '2018' })),
  validFrom: column('自何日起施行', 'text', civilDate.describe('自何日起施行')),
  recordedAt: column('何时记下', 'instant', instant.describe('本系统何时记下')),
  file: z.string().describe('审计包里的文件名，轨迹 regulation 链的条目所记'),
  sha256,
  validTo: civilDate.nullable().describe('自何日起不再施行'),
});

const norm = shape('Norm', {
  id: normId,
  provisions: z.array(provision),
  bearers: z.array(z.string()).meta({ description: '谁', example: ['承办单位'] }),
  modality: z.string().describe('应当、可以、不得、法律后果、定义'),
  kind: z.string().describe('办成一次、始终保持……'),
  says: z.string(),
  trigger: z.string().describe('何时'),
  limit: z.string().meta({ description: '期限', example: '5 个工作日' }),
  exception: z.string().nullable(),
  exceptionOf: z.array(normId).describe('是哪些义务的例外'),
  compensatedBy: z.array(normId).describe('违反之后由哪些义务补救，依次'),
  certainty: z.string().describe('把握'),
  enforceable: z.boolean().describe('须有环节履行'),
  reason: z.string().nullable().describe('为什么不必有环节'),
  evidence: z.object({ events: z.array(z.string()), fields: z.array(z.string()) }),
  openPoints: z
    .array(
      z.object({
        question: z.string(),
        policies: z.array(z.object({ key: z.string(), label: z.string(), meaning: z.string() })),
        note: z.string().nullable(),
      }),
    )
    .describe('条文的留白，由哪些政策决定'),
});

const vocabulary = shape('RegulationVocabulary', {
  deeds: z.array(
    z.object({
      name: z.string().meta({ example: 'reply.given', description: '流程图里 duty:deed 的 name' }),
      title: z.string().meta({ example: '回复来电人' }),
      who: z.array(z.string()).readonly().describe('哪些岗位可以做；空的是来电人、程序'),
      subject: z.string().meta({ description: '关于什么', example: '热线事项' }),
      facts: z.record(z.string(), z.string()).describe('带哪些事实，各是什么'),
      opens: z.array(normId).readonly().describe('引起哪些义务'),
      discharges: z.array(normId).readonly().describe('履行哪些义务，单独或者与别的一起'),
      moves: z.array(normId).readonly().describe('免除、变动、补救哪些义务'),
    }),
  ),
  clocks: z
    .array(z.object({ key: z.string().meta({ example: 'reply' }), title: z.string() }))
    .describe('条例里的期限，流程图里 duty:clock 的值'),
});

const regulation = shape('Regulation', {
  title: z.string(),
  version: z.string(),
  recorded: regulationVersion.nullable().describe('所答的一版；null 还没有记下'),
  versions: z.array(regulationVersion).describe('记下的各版，先记的在前'),
  official: z
    .object({
      source: z.string().describe('文件名'),
      sha256,
      effectiveFrom: civilDate,
      effectiveTo: civilDate.nullable(),
      loadedBy: z.string(),
      loadedAt: instant,
    })
    .nullable()
    .describe('官方原文；null 还没有载入'),
  vocabulary: vocabulary.describe('行为的词汇：环节办成了，在条例里算做了什么'),
  articles: z.array(
    z.object({
      id: z.string().meta({
        example: provisionOf('time-limit'),
      }),
      label: z.string(),
      heading: z.string(),
      chapter: z.string(),
      withoutNorm: z.string().nullable().describe('为什么没有义务'),
      provisions: z
        .array(
          provision.extend({
            kind: z.enum(['paragraph', 'item']),
            words: z.string().describe('本系统的话，不是原文'),
            official: z.string().nullable().describe('官方原文'),
          }),
        )
        .describe('各款、各项'),
      norms: z.array(norm),
    }),
  ),
});

const coverage = shape('RegulationCoverage', {
  version: z.string().meta({ description: '按哪一版条例', example: '2018' }),
  validFrom: civilDate.describe('这一版自何日起施行'),
  validTo: civilDate.nullable().describe('自何日起不再施行，或者由下一版取代'),
  norms: z.array(
    z.object({
      id: normId,
      provisions: column('条文', 'name', z.array(provision)),
      says: column('义务', 'text', z.string()),
      elements: column(
        '环节',
        'text',
        z.array(
          z.object({
            process: z.string(),
            element: z.string(),
            name: z.string(),
            provision,
            relation: z.string().describe('履行、触发、检查、记录'),
          }),
        ),
      ),
      scenarios: column('情景', 'number', z.array(z.object({ name: z.string(), title: z.string() }))),
      evidence: column('证据', 'number', z.array(z.string()).describe('轨迹条目的类型、表单的栏')),
      enforceable: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  elements: z
    .array(
      z.object({
        process: column('流程', 'code', z.string()),
        name: column('环节', 'text', z.string()),
        norms: column(
          '为哪些义务而设',
          'text',
          z.array(z.object({ norm: normId, relation: z.string(), provision })),
        ),
        element: z.string(),
      }),
    )
    .describe('反过来：各环节为哪些义务而设'),
  holes: z.array(
    z.object({
      kind: z.enum(['no-element', 'no-scenario', 'no-evidence', 'no-norm', 'unknown-norm']),
      norm: normId.nullable(),
      process: z.string().nullable(),
      element: z.string().nullable(),
      sentence: z.string(),
    }),
  ),
});

const conformity = shape('RegulationConformity', {
  sources: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      rank: z.string().describe('位阶'),
      binding: z.boolean().describe(`有约束力${where('accountability', '；推荐的不问责')}`),
      from: civilDate.nullable().describe('自何日起；null 不知道'),
      status: z.string().describe('知道多少'),
      differences: z.array(z.string()).describe('与条例、政策的差异'),
    }),
  ),
  clauses: z.array(
    z.object({
      id: z.string(),
      source: z.string().describe('哪一个来源的标题'),
      place: column('条', 'text', z.string().nullable(), { none: '不知道' }),
      says: column('内容', 'text', z.string()),
      keptBy: column('谁', 'text', z.string()),
      evidence: column(
        '凭据、理由',
        'text',
        z.array(z.object({ says: z.string(), screen: z.string().nullable().describe('操作台的网页') })),
      ),
      trust: column('文字的来源', 'text', z.string()),
      kept: z.enum(['system', 'people', 'not', 'unknown']).describe('unknown 来源不可靠，不执行'),
      reason: z.string().nullable().describe('为什么不由系统保证'),
      read: z.string().describe('在哪里读到'),
    }),
  ),
  aims: z
    .array(
      z.object({
        id: z.string(),
        named: column('推荐的', 'text', z.string()),
        says: column('内容', 'text', z.string()),
        limit: column('期限', 'text', z.string()),
        words: column('件数', 'text', z.string()),
        cases: z.number().describe('近 30 日收到的工单里，起算过这个期限的'),
        within: z.number().describe('在推荐的期限以内办的'),
        later: z.number().describe('过后办的，以及没有办而终止的'),
        open: z.number().describe('还没有办的'),
        openPast: z.number().describe('还没有办的里面，已过推荐的期限的'),
      }),
    )
    .describe(`推荐的期限：提醒、计数${where('accountability', '，不问责')}`),
});

const dutyState = z
  .enum(['open', 'satisfied', 'temporarily-violated', 'permanently-violated', 'compensated'])
  .describe(
    'open 待履行、satisfied 已履行、temporarily-violated 已违反，还可以办或者补救、permanently-violated 已违反，没有补救、compensated 违反后已补救',
  );

const dutyShape = {
  norm: normId,
  violatedAt: column('自何时违反', 'limit', instant.nullable(), {
    none: '',
  }).describe('何时起违反'),
  state: column('状态', 'text', dutyState),
  provisions: column('条文', 'article', z.array(provision)),
  says: column('义务', 'text', z.string()),
  unit: column('承办单位', 'text', z.string().nullable(), {
    none: '',
  }).describe('当时的承办单位'),
  bearers: z.array(z.string()).describe('谁'),
  round: z.number().int().describe('第几轮办理'),
  openedAt: instant,
  openedBy: z.number().int().describe('由轨迹第几条产生'),
  due: instant.nullable().describe('期限届满的一刻；null 没有期限或者暂停'),
  entries: z.array(z.number().int()).describe('作为证据的轨迹条目'),
  compensatedBy: normId.nullable().describe('由哪条义务补救'),
  replaces: z.array(normId).describe('作为例外，代替了哪些义务'),
  waivedBy: normId.nullable().describe(`因哪条不必全部履行：来电人不要求回复（${cites('callers-wishes')}）`),
};

export const caseDuties = shape('CaseDuties', {
  at: instant.describe('这一刻的状态'),
  regulation: regulationVersion.nullable().describe('受理时现行、当时所知的一版：这张工单依它判断'),
  items: z.array(
    shape('CaseDuty', {
      ...dutyShape,
      official: z
        .array(provision.extend({ words: z.string() }))
        .describe('所在条文的官方原文；没有载入的为空'),
    }),
  ),
});

const reasonLines = z.array(
  z.object({
    about: z.string().meta({ description: '关于什么', example: '本应' }),
    text: z.string(),
    entry: z.number().int().nullable().describe('说的是轨迹第几条'),
  }),
);

const dutyReasons = shape('DutyReasons', {
  at: instant.describe('这一刻的状态'),
  norm: normId,
  provisions: z.array(provision),
  says: z.string(),
  absent: reasonLines.describe('为什么没有这项义务；有的为空'),
  duties: z
    .array(
      z.object({
        openedBy: z.number().int().describe('由轨迹第几条产生'),
        state: dutyState,
        ceased: z.boolean().describe('后来不再欠，也不计'),
        due: instant.nullable().describe('期限届满的一刻；null 没有期限或者暂停'),
        lines: reasonLines.describe('由什么引起，期限，做了什么，还须由谁、最迟何时做什么'),
      }),
    )
    .describe('这件工单依这一项先后产生的义务'),
});

const violatedDuty = shape('ViolatedDuty', {
  ...dutyShape,
  no: column('工单', 'case', workOrderNo),
  title: z.string(),
});

const violatedState = z.enum(['temporarily-violated', 'permanently-violated', 'compensated']);

export const regulationOperations = under('条例', {
  readRegulation: {
    request: 'GET /api/regulation',
    summary: '条例目录：逐条的义务、留白和政策，官方原文（已经载入的）',
    access: 'signed-in',
    because: '条例是公开的，没有工单的内容',
    scopes: ['rules:read'],
    query: z.strictObject({
      version: positiveAsked.optional().describe('记下的哪一版（versions 的 id）；不写是现行的一版'),
    }),
    answers: { 200: json('条例', regulation) },
    refusals: ['regulation.not-found'],
  },
  readCoverage: {
    request: 'GET /api/regulation/coverage',
    summary: '义务 × 环节 × 情景 × 证据，按现行的流程图；两面的空白',
    access: officers,
    query: z.strictObject({
      on: z.iso
        .date()
        .optional()
        .meta({ description: '按哪一天施行的一版；不写是今天', example: '2026-12-01' }),
    }),
    answers: { 200: json('覆盖', coverage) },
  },
  readConformity: {
    request: 'GET /api/regulation/conformity',
    summary: '条例以外的来源：国务院文件、省的规定、标准，每一条由谁做到、凭据、差异',
    access: officers,
    answers: { 200: json('各级来源', conformity) },
  },
  readDuties: {
    request: 'GET /api/work-orders/{no}/duties',
    summary: '工单的法定义务，各自此刻的状态',
    access: sheetReaders,
    scopes: ['work-orders:read', 'work-orders:all'],
    params: workOrderParams,
    answers: { 200: json('法定义务', caseDuties) },
    refusals: ['case.not-found'],
  },
  explainDuty: {
    request: 'GET /api/work-orders/{no}/duties/{norm}',
    summary: '一项义务的缘由：由什么引起或者为什么没有，期限怎样来的，做了什么、还差什么，由谁、最迟何时',
    access: sheetReaders,
    scopes: ['work-orders:read', 'work-orders:all'],
    params: workOrderParams.extend({ norm: normId.max(20) }),
    answers: { 200: json('缘由', dutyReasons) },
    refusals: ['case.not-found', 'norm.not-found'],
  },
  listDuties: {
    request: 'GET /api/duties',
    summary: '此刻已违反的法定义务，后违反的在前；单位只看自己的',
    access: sheetReaders,
    scopes: ['work-orders:read', 'work-orders:all'],
    query: z.strictObject({
      ...cursorQuery,
      state: column('状态', 'text', violatedState.optional(), {
        words: {
          'temporarily-violated': '暂时违反',
          'permanently-violated': '永久违反',
          compensated: '已补救',
        },
        none: '还没有补救的',
      }).describe('不写是还没有补救的两种'),
      article: column('条文', 'text', z.coerce.number().int().min(1).max(999).optional()).meta({
        description: '第几条',
        example: 24,
      }),
      unit: column('承办单位', 'text', text(200).optional(), {
        none: '全名',
      }).describe('当时的承办单位'),
      realm: realm.default('live'),
    }),
    answers: { 200: json('一页义务', cursorPage(violatedDuty).meta({ id: 'ViolatedDuties' })) },
  },
});

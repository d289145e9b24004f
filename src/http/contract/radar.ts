/** 线索: statistical outliers, for auditors; a unit sees and answers those that were put to it. */
import { z } from 'zod';
import { decisions, patternKeys } from '../../measures/radar/model/index.js';
import { cites } from './said-by-law.js';
import { reason } from './classification.js';
import { json, under } from './operation.js';
import { instant, numbered, pageOf, pageQuery, shape, text } from './primitives.js';

const count = z.number().int();

const pattern = z.enum(patternKeys).describe('哪种情形');
const decision = z.enum(decisions).describe('followed-up 跟进；explained 已有说明；no-pattern 不是这种情形');

const figures = {
  pattern,
  title: z.string().describe('情形的名称'),
  subject: z.string().describe('哪个单位、哪个人、哪个区县、哪几个单位'),
  sentence: z.string().describe('数字说了什么'),
  found: count,
  of: count.describe('在多少件当中'),
  restFound: count.describe('其他的合计'),
  restOf: count,
  chance: z.string().meta({ description: '大家都一样的话，偶然出现的机会至多这么大', example: '万分之一' }),
  looks: z.string().describe('这种情形看什么'),
  innocent: z.array(z.string()).describe('可以说明它的平常原因'),
};

const hypothesis = shape('RadarHypothesis', {
  id: count,
  kind: z.enum(['unit', 'person', 'district', 'units']),
  ...figures,
  raisedAt: instant,
  seenAt: instant.describe('最近一次有新依据'),
  open: z.boolean().describe('还没有决定'),
});

const place = z.object({ stream: z.string().describe('哪条链：工单编号，或者其他的名称'), seq: count });

const question = shape('RadarQuestion', {
  id: count,
  unit: z.string(),
  question: z.string(),
  askedBy: z.string(),
  askedAt: instant,
  dueAt: instant.describe('答复的期限'),
  answer: z
    .object({ text: z.string(), by: z.string(), at: instant })
    .nullable()
    .describe('还没有答复的为 null'),
});

const detail = hypothesis
  .extend({
    units: z.array(z.string()).describe('可以询问的单位；人、区县的由审计人员写'),
    entries: z.array(place).describe('所依据的条目中看得到的'),
    questions: z.array(question),
    decisions: z.array(z.object({ decision, reason: z.string(), actor: z.string(), at: instant })),
  })
  .meta({ id: 'RadarDetail' });

const asked = question
  .extend({
    ...figures,
    entries: z.array(place).describe('所依据的条目中看得到的：本单位工单的'),
  })
  .meta({ id: 'RadarQuestionAsked' });

const auditors = ['auditor'] as const;
/** Roles that may answer for a unit. */
const answerers = ['handler', 'supervisor'] as const;

export const radarOperations = under('线索', {
  listRadar: {
    request: 'GET /api/radar',
    summary: `线索，最少见的在前；统计上少见，不是认定（${cites('investigation')}）`,
    access: auditors,
    query: z.strictObject({
      ...pageQuery,
      standing: z
        .enum(['open', 'decided', 'all'])
        .default('open')
        .describe('open：没有决定的；decided：决定了的'),
      pattern: pattern.optional(),
    }),
    answers: {
      200: json(
        '一页线索',
        pageOf(hypothesis)
          .extend({
            last: z
              .object({
                at: instant,
                actor: z.string(),
                sheets: count.describe('看了几张工单'),
                unread: count.describe('轨迹不能认定，没有看的'),
                since: instant.describe('何时以后收到的'),
              })
              .nullable()
              .describe('上次查看；null：还没有看过'),
          })
          .meta({ id: 'RadarPage' }),
      ),
    },
  },
  readRadar: {
    request: 'GET /api/radar/{id}',
    summary: '一条线索：数字、所依据的条目、单位的答复、决定',
    access: auditors,
    params: numbered,
    answers: { 200: json('线索', detail) },
    refusals: ['radar.not-found'],
  },
  askAboutRadar: {
    request: 'POST /api/radar/{id}/questions',
    summary: `就线索询问一个单位；期限依政策 radarReplyLimit(${cites('investigation')})`,
    access: auditors,
    params: numbered,
    body: z.strictObject({ unit: text(100), question: reason }),
    answers: { 201: json('线索', detail) },
    refusals: ['radar.not-found', 'radar.settled', 'unit.not-found'],
  },
  decideRadar: {
    request: 'POST /api/radar/{id}/decision',
    quiet: true,
    summary: `决定一条线索，写明理由；跟进以前，要先听单位说明（${cites('investigation')}）`,
    access: auditors,
    params: numbered,
    body: z.strictObject({ decision, reason }),
    answers: { 200: json('线索', detail) },
    refusals: ['radar.not-found', 'radar.settled', 'radar.unheard'],
  },
  listRadarQuestions: {
    request: 'GET /api/radar-questions',
    summary: '审计就线索询问本单位的，新的在前',
    access: answerers,
    query: z.strictObject(pageQuery),
    answers: { 200: json('一页询问', pageOf(asked).meta({ id: 'RadarQuestionPage' })) },
  },
  answerRadarQuestion: {
    request: 'POST /api/radar-questions/{id}/answer',
    summary: `答复审计就线索的询问：由被询问的单位（${cites('investigation')}）`,
    access: answerers,
    params: numbered,
    body: z.strictObject({ answer: reason }),
    answers: { 200: json('询问', asked) },
    refusals: ['radar.not-found', 'radar.settled'],
  },
});

/** Early warnings, hot spots and special studies, with the sheets behind each number that the viewer may see. */
import { z } from 'zod';
import { column } from './column.js';
import { reason } from './classification.js';
import { json, sheetReaders, under } from './operation.js';
import {
  cursorPage,
  cursorQuery,
  day,
  instant,
  numbered,
  pageOf,
  pageQuery,
  shape,
  text,
  workOrderNo,
} from './primitives.js';
import { cites, named } from './said-by-law.js';

const count = z.number().int();
/** Empty if unknown. */
const districtName = z.string().max(100).meta({ description: '区县；空：没有写明', example: '某区' });
const kindCode = z.string().max(40).describe('分类编码，一级的或者末级的；空：没有归类');
const hundredths = count.describe('百分之一件');

const warningSort = z
  .enum(['rise', 'burst', 'repeat-caller', 'repeat-place', 'repeat-spot'])
  .describe(
    'rise 突增；burst 疑似突发；repeat-caller 同一来电人反复反映；repeat-place 一地集中反映；repeat-spot 同一处集中反映',
  );
const act = z
  .enum(['acknowledged', 'dismissed', 'suggested'])
  .describe('acknowledged 已知悉；dismissed 不是预警；suggested 已建议专题研究');
const done = z.object({ act, reason: z.string(), actor: z.string(), at: instant });

const warning = shape('Warning', {
  id: count,
  sort: warningSort,
  district: districtName,
  matter: z.string().describe('突发情况的名称，或者分类编码'),
  title: z.string().describe('突发情况或者分类的名称'),
  spot: z
    .string()
    .nullable()
    .describe('同一处集中反映的：哪一处；只有坐标的、看不到触发它的工单的、别种预警为 null'),
  since: instant.describe('从何时起计'),
  tippedAt: instant.describe('触发它的工单何时收到'),
  raisedAt: instant,
  observed: count.describe('触发时的件数'),
  expected: hundredths.nullable().describe('往周同一时段平常的件数，百分之一件；不比较的为 null'),
  sheets: count.describe('至今的件数'),
  lastAt: instant.describe('最近一件何时收到'),
  last: done.nullable().describe('最近的处理；null 还没有人处理'),
});

const matterSheet = shape('MatterSheet', {
  no: workOrderNo,
  title: z.string(),
  district: districtName,
  class: kindCode,
  className: z.string(),
  receivedAt: instant,
  place: z.string().nullable().describe('事发地点；没有登记的、就在来电人地址的为 null'),
  point: z
    .object({ longitude: z.number(), latitude: z.number() })
    .nullable()
    .describe('事发地点的坐标，WGS-84'),
});

const warningDetail = warning
  .extend({
    acts: z.array(done),
    behind: z.array(matterSheet).describe('所依据的工单中看得到的，至多 200 件'),
  })
  .meta({ id: 'WarningDetail' });

const study = shape('StudySuggestion', {
  id: count,
  warning: count.nullable(),
  district: districtName,
  matter: z.string(),
  unit: z.string(),
  reason: z.string(),
  suggestedBy: z.string(),
  suggestedAt: instant,
  answer: z
    .object({ taken: z.boolean(), reason: z.string(), answeredBy: z.string(), answeredAt: instant })
    .nullable(),
});

/** Roles that see the sheets of many units and may act on warnings. */
const overseers = ['intake', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'] as const;
const deciders = ['supervisor', 'assessor'] as const;

const acted = (verb: string, path: string) =>
  ({
    request: `POST /api/warnings/{id}/${path}`,
    summary: verb,
    access: deciders,
    params: numbered,
    body: z.strictObject({ reason }),
    answers: { 200: json('预警', warningDetail) },
    refusals: ['warning.not-found', 'warning.settled'],
  }) as const;

const offered = under(
  '预警',
  {
    listWarnings: {
      request: 'GET /api/warnings',
      summary: `预警，新的在前；只有看得到其中工单的（${cites('early-warning')}）`,
      access: sheetReaders,
      scopes: ['statistics:read'],
      query: z.strictObject({
        ...cursorQuery,
        standing: z
          .enum(['open', 'settled', 'all'])
          .default('open')
          .describe('open：没有办结的；settled：已排除或者已建议专题研究的'),
        sort: warningSort.optional(),
      }),
      answers: { 200: json('一页预警', cursorPage(warning).meta({ id: 'WarningPage' })) },
    },
    readWarning: {
      request: 'GET /api/warnings/{id}',
      summary: '一件预警，它所依据的工单，处理的经过',
      access: sheetReaders,
      scopes: ['statistics:read'],
      params: numbered,
      answers: { 200: json('预警', warningDetail) },
      refusals: ['warning.not-found'],
    },
    acknowledgeWarning: acted('知悉一件预警，写明怎样处置', 'acknowledgement'),
    dismissWarning: acted('排除一件预警，写明为什么不是', 'dismissal'),
    suggestStudyOfWarning: {
      request: 'POST /api/warnings/{id}/study',
      summary: `由一件预警建议承办单位专题研究（${cites('early-warning')}）`,
      access: deciders,
      params: numbered,
      body: z.strictObject({ unit: text(100), reason }),
      answers: { 201: json('预警', warningDetail) },
      refusals: ['warning.not-found', 'warning.settled', 'unit.not-found'],
    },
    listHotSpots: {
      request: 'GET /api/hot-spots',
      summary: `热点：近七日的件数明显多于往周的区县和分类（${cites('early-warning')}）`,
      access: overseers,
      scopes: ['statistics:read'],
      answers: {
        200: json(
          '热点',
          shape('HotSpots', {
            today: z.string().describe('近七日的最后一日'),
            weeks: count.describe('和过去几周相比'),
            items: z
              .array(
                z.object({
                  district: column(named('district'), 'text', districtName),
                  class: kindCode,
                  className: column('分类', 'text', z.string()),
                  areaName: z.string(),
                  sheets: column('近七日', 'number', count),
                  expected: column('平常', 'number', hundredths),
                  past: z.array(count).describe('往前每七日的件数，近的在前'),
                }),
              )
              .describe('多出最多的在前，至多 50 个'),
          }),
        ),
      },
    },
    listStudies: {
      request: 'GET /api/studies',
      summary: `专题研究的建议和答复，新的在前；单位只看给自己的（${cites('early-warning')}）`,
      access: sheetReaders,
      query: z.strictObject(pageQuery),
      answers: { 200: json('一页建议', pageOf(study).meta({ id: 'StudyPage' })) },
    },
    suggestStudy: {
      request: 'POST /api/studies',
      summary: `由一个热点建议承办单位专题研究（${cites('early-warning')}）`,
      access: deciders,
      body: z.strictObject({ district: districtName, class: kindCode, unit: text(100), reason }),
      answers: { 201: json('已建议', study) },
      refusals: ['unit.not-found'],
    },
    answerStudy: {
      request: 'POST /api/studies/{id}/answer',
      summary: `答复是否开展专题研究：由被建议的单位（${cites('early-warning')}）`,
      access: ['handler'],
      params: numbered,
      body: z.strictObject({ taken: z.boolean(), reason }),
      answers: { 200: json('已答复', study) },
      refusals: ['warning.not-found', 'warning.not-yours', 'warning.settled'],
    },
  },
  'early-warning',
);

export const warningOperations = {
  ...offered,
  ...under('预警', {
    listMatterSheets: {
      request: 'GET /api/matter-sheets',
      summary: '一个区县、一个分类的工单中看得到的，新的在前',
      access: sheetReaders,
      query: z.strictObject({
        ...cursorQuery,
        from: day,
        to: day,
        district: districtName.default(''),
        class: kindCode.default(''),
        repeated: z.enum(['true', 'false']).default('false').describe('true：只看反复反映的'),
      }),
      answers: { 200: json('一页工单', cursorPage(matterSheet).meta({ id: 'MatterSheetPage' })) },
      refusals: ['calendar.invalid'],
    },
  }),
};

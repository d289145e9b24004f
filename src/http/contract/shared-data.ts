/**
 * Shared data: city-wide sums for units and other systems, without sheets, persons or texts. Catalogue and
 * answers come from the same tables, so nothing outside the catalogue is published.
 */
import { z } from 'zod';
import { json, sheetReaders, under } from './operation.js';
import { shape, text } from './primitives.js';
import { cites } from './said-by-law.js';

export interface Item {
  readonly title: string;
  readonly about: string;
  readonly type: 'text' | 'count';
}

const place = {
  period: { title: '周期', about: '北京时间的公历月', type: 'text' },
  district: { title: '区县', about: '流转单写的属地；空：没有写明', type: 'text' },
  area: { title: '一级分类编码', about: '现行分类的编码；空：没有归类', type: 'text' },
  areaName: { title: '一级分类', about: '现行分类的名称', type: 'text' },
} as const satisfies Record<string, Item>;
const received = { title: '受理件数', about: '当月收到的工单', type: 'count' } as const;
const repeated = {
  title: '反复反映件数',
  about: '其中同一来电人在政策 warnRepeatDays 所定日数之内就同一分类反映过的',
  type: 'count',
} as const;
/** The value of the whole preceding month. */
const before = <Title extends string>(title: Title) =>
  ({ title: `上月${title}`, about: '上一个公历月的同一项', type: 'count' }) as const;
const kind = {
  class: { title: '分类编码', about: '工单归入的末级；空：没有归类', type: 'text' },
  className: { title: '分类', about: '现行分类的名称', type: 'text' },
  classPath: { title: '分类全称', about: '自一级至末级的名称', type: 'text' },
} as const;

/** A measure of the assessment (docs/assessment.md): count and total. */
const measured = <Key extends string>(key: Key, title: string, met: string, of: string) =>
  ({
    [`${key}Met`]: { title: `${title}：达到`, about: met, type: 'count' },
    [`${key}Of`]: { title: `${title}：总数`, about: of, type: 'count' },
  }) as { readonly [Name in `${Key}Met` | `${Key}Of`]: { title: string; about: string; type: 'count' } };

export const sharedData = {
  requests: {
    title: '诉求地图',
    about: '各区县、各一级分类受理的件数',
    refreshed: '数秒之内',
    items: { ...place, sheets: received, sheetsBefore: before('受理件数') },
  },
  repeats: {
    title: '重复诉求地图',
    about: '各区县、各一级分类反复反映的件数',
    refreshed: '数秒之内',
    items: {
      ...place,
      sheets: received,
      repeated,
      repeatedBefore: before('反复反映件数'),
      repeatedShare: { title: '反复反映率', about: '反复反映件数占受理件数的万分之几', type: 'count' },
    },
  },
  kinds: {
    title: '事项分类',
    about: '全市各末级分类的件数',
    refreshed: '数秒之内',
    items: {
      period: place.period,
      ...kind,
      area: place.area,
      areaName: place.areaName,
      sheets: received,
      repeated,
      sheetsBefore: before('受理件数'),
    },
  },
  handling: {
    title: '办理情况',
    about: '各区县、各一级分类怎样办理，按考核的量计',
    refreshed: '数秒之内；已经关闭的周期不再变',
    items: {
      ...place,
      accepted: { title: '受理', about: '属于当月的受理', type: 'count' },
      ...measured('reception', '按时签收', '退单期限届满以前签收、转交或者退单', '交到承办单位的每一次'),
      ...measured('returned', '退单', '意见是退单', '承办单位的每一次签收意见'),
      ...measured('reply', '按时答复', '期限届满以前答复', '已经答复的或者期限届满的'),
      ...measured('completion', '按时办结', '适用的期限没有届满', '已经办结的或者期限届满的'),
      ...measured('satisfaction', '满意', '满意、基本满意', '回访到来电人的'),
      ...measured('resolution', '解决', '事项已经解决', '回访到来电人的'),
      ...measured('rework', '重办', '退回重办', '归档的和退回重办的'),
      ...measured('supervised', '督办', '曾经督办（撤回的不计）', '归档的'),
    },
  },
} as const satisfies Record<
  string,
  {
    readonly title: string;
    readonly about: string;
    readonly refreshed: string;
    readonly items: Readonly<Record<string, Item>>;
  }
>;

export type Dataset = keyof typeof sharedData;
export const datasets = Object.keys(sharedData) as [Dataset, ...Dataset[]];

type RowOf<D extends Dataset> = {
  readonly [Name in keyof (typeof sharedData)[D]['items']]: (typeof sharedData)[D]['items'][Name] extends {
    readonly type: 'count';
  }
    ? number
    : string;
};
export type SharedRows = { readonly [D in Dataset]: readonly RowOf<D>[] };

/** Exactly the items of the dataset. */
const rowsOf = <D extends Dataset>(dataset: D) => {
  const items = Object.entries<Item>(sharedData[dataset].items).map(([name, { title, about, type }]) => [
    name,
    (type === 'count' ? z.number().int() : z.string()).describe(`${title}：${about}`),
  ]);
  const row = z.strictObject(Object.fromEntries(items) as Record<string, z.ZodType>);
  return z.object({ items: z.array(row as unknown as z.ZodType<RowOf<D>>) });
};

const query = z.strictObject({
  period: text(7).optional().meta({ description: '公历月；不写是本月', example: '2026-10' }),
});
const dataset = z.enum(datasets);
const read = <D extends Dataset>(name: D) =>
  ({
    request: `GET /api/shared-data/${name}`,
    summary: `${sharedData[name].title}：${sharedData[name].about}（${cites('shared-data')}）`,
    access: sheetReaders,
    scopes: ['statistics:read'],
    query,
    answers: { 200: json(sharedData[name].title, rowsOf(name)) },
    refusals: ['assessment.invalid'],
  }) as const;

const offered = under(
  '共享数据',
  {
    readSharedCatalogue: {
      request: 'GET /api/shared-data',
      summary: `共享数据目录：四类数据，各有哪些数据项（${cites('shared-data')}）`,
      access: sheetReaders,
      scopes: ['statistics:read'],
      answers: {
        200: json(
          '目录',
          shape('SharedCatalogue', {
            classes: z.array(
              z.object({
                key: dataset,
                title: z.string(),
                about: z.string(),
                refreshed: z.string(),
                items: z.array(
                  z.object({
                    key: z.string(),
                    title: z.string(),
                    about: z.string(),
                    type: z.enum(['text', 'count']),
                  }),
                ),
              }),
            ),
          }),
        ),
      },
    },
    readSharedRequests: read('requests'),
    readSharedRepeats: read('repeats'),
    readSharedKinds: read('kinds'),
    readSharedHandling: read('handling'),
    readSharedCsv: {
      request: 'GET /api/shared-data/{dataset}/csv',
      summary: `一类共享数据，CSV（RFC 4180,UTF-8），第一行是数据项的名称（${cites('shared-data')}）`,
      access: sheetReaders,
      scopes: ['statistics:read'],
      params: z.strictObject({ dataset }),
      query,
      answers: {
        200: {
          description: 'CSV',
          type: 'text/csv',
          schema: z.string(),
          headers: { 'Content-Disposition': '保存的文件名' },
        },
      },
      refusals: ['assessment.invalid'],
    },
  },
  'shared-data',
);

export const sharedDataOperations = {
  ...offered,
  ...under('共享数据', {
    readDistrictMap: {
      request: 'GET /api/district-map',
      summary: '地图：各区县在示意图上的位置；载入过边界的，附边界（GeoJSON）；设了图源的，附图源',
      access: sheetReaders,
      scopes: ['statistics:read'],
      answers: {
        200: json(
          '地图',
          shape('DistrictMap', {
            districts: z.array(
              z.object({ name: z.string(), column: z.number().int(), row: z.number().int() }),
            ),
            boundaries: z
              .array(
                z.object({
                  name: z.string(),
                  rings: z.array(z.array(z.tuple([z.number(), z.number()]))).describe('各环的经度、纬度'),
                }),
              )
              .nullable()
              .describe('null：没有载入边界，按示意图画'),
            tiles: z
              .object({
                url: z.string().describe('含 {z}、{x}、{y};WGS-84 或者 CGCS2000'),
                attribution: z.string().describe('图是谁的，显示在图上'),
              })
              .nullable()
              .describe('市里自己的底图；null：没有设'),
          }),
        ),
      },
    },
  }),
};

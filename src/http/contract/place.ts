/** 事发地点: the place of the matter. */
import { z } from 'zod';
import type { CoordinateSystem } from '../../sheet/index.js';
import { shape, shapeAsked, text } from './primitives.js';

const systems = ['WGS-84', 'CGCS2000', 'GCJ-02'] as const satisfies readonly CoordinateSystem[];

const degrees = z.number().min(-36_000).max(36_000);

export const givenPoint = shapeAsked('GivenPoint', {
  longitude: degrees.meta({ description: '经度，十进制的度', example: 117.02064 }),
  latitude: degrees.meta({ description: '纬度，十进制的度', example: 36.67012 }),
  system: z
    .enum(systems)
    .describe(
      '坐标系：WGS-84 是卫星定位的；CGCS2000 是测绘成果的，与 WGS-84 相差几厘米，作相同处理；GCJ-02 是国内公开地图的，偏移数百米',
    ),
});

export const givenPlace = z
  .strictObject({
    address: text(200).nullish().meta({
      description: '地点，以文字说明；不是来电人地址。承办单位看得到',
      example: '泉城路与县西巷路口西北角',
    }),
    point: givenPoint.nullish(),
    ofCaller: z
      .boolean()
      .default(false)
      .describe(
        '事情就在来电人的地址：承办单位因此看得到这个地址，须知情地选；这时 address 不写。来电人要求保密的不能选',
      ),
  })
  .meta({ id: 'GivenPlace', description: '事发地点' });

const lonLat = z.object({ longitude: z.number(), latitude: z.number() });

export const place = shape('Place', {
  address: z.string().nullable(),
  given: lonLat
    .extend({ system: z.enum(systems) })
    .nullable()
    .describe('登记时的坐标'),
  point: lonLat.nullable().describe('换算成 WGS-84（CGCS2000）的坐标'),
  ofCaller: z.boolean().describe('就是来电人地址'),
  shown: z.boolean().describe('false：就是来电人地址，而您不能看'),
  within: z
    .string()
    .nullable()
    .describe('坐标落在哪个区县的边界内；空为都不在；没有坐标或没有载入边界的为 null'),
  altered: z.boolean().describe('与轨迹的记载不符：有人改动过数据库'),
});

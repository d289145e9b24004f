/** Saved views of the worklist: filters and order under a name. */
import { z } from 'zod';
import { json, under, workers } from './operation.js';
import { shape, shapeAsked, text } from './primitives.js';
import { lightGroup, sorts } from './task.js';
import { channel, kind, language } from './work-order.js';

/** Matches a number that may be a caller's. */
const holdsNumber = /\d[\d\s-]{5,}\d/;
export const nobodysNumber = (most: number) =>
  text(most).refine((given) => !holdsNumber.test(given), '不存电话、证件一类的号码');

/** As in the console's URL, but without the search words, which may be a caller's number. */
const choice = z
  .strictObject({
    role: z
      .union([text(100), z.literal('')])
      .optional()
      .describe('岗位；空的是看得到的全部'),
    light: lightGroup.optional(),
    sort: z.enum(sorts).optional(),
    unit: nobodysNumber(100).optional(),
    channel: channel.optional(),
    kind: kind.optional(),
    district: nobodysNumber(100).optional(),
    language: language.or(z.literal('mine')).optional(),
    class: text(100).optional(),
    assigned: z.enum(['mine', 'nobody']).optional(),
    assignee: nobodysNumber(100).optional(),
    members: z.enum(['all', 'folded']).optional(),
  })
  .meta({ id: 'WorklistChoice', description: '筛选和排序，写法同控制台的地址；查找的词不存' });

const name = nobodysNumber(60).meta({ description: '名称', example: '还没有分派的停水' });

const views = json(
  '本人的，和本单位的人共用的',
  shape('SavedViews', {
    items: z.array(
      z.object({
        name: z.string(),
        choice,
        shared: z.boolean().describe('本单位的人共用'),
        standard: z.boolean().describe('打开待办就用'),
        own: z.boolean().describe('本人存的'),
        savedBy: z.string().describe('谁存的，轨迹里的写法'),
      }),
    ),
  }),
);

export const savedViewOperations = under('待办', {
  listViews: {
    request: 'GET /api/worklist/views',
    summary: '存下的视图：本人的，和本单位的人共用的',
    access: workers,
    answers: { 200: views },
  },
  saveView: {
    request: 'PUT /api/worklist/views',
    summary: '存一个视图：自己用，或者给本单位的人共用；本人已有这个名称的，换成新的',
    access: workers,
    body: shapeAsked('ViewToSave', {
      name,
      choice,
      shared: z.boolean().default(false).describe('给本单位的人共用'),
      standard: z.boolean().default(false).describe('本人打开待办就用；至多一个'),
    }),
    answers: { 200: views },
  },
  removeView: {
    request: 'POST /api/worklist/views/removals',
    summary: '删去本人存的一个视图；没有的，什么也不做',
    access: workers,
    body: shapeAsked('ViewToRemove', { name: text(60) }),
    answers: { 200: views },
  },
});

/** Text templates 文本模板 for frequent texts: personal ones and the unit's. */
import { z } from 'zod';
import { classCode } from './classification.js';
import { json, under, workers } from './operation.js';
import { placeholders, unknownPlaceholder } from './placeholders.js';
import { instant, instantAsked, shape, shapeAsked, text } from './primitives.js';
import { nobodysNumber } from './saved-view.js';

const field = text(200).describe('表单的哪一栏：它的 key');
const fieldName = text(200).meta({ description: '这一栏的名称', example: '回复要点' });
const name = nobodysNumber(60).meta({ description: '名称', example: '停水：已经恢复' });
const shared = z.boolean().describe('本单位的，单位里的人共用；不是的，归本人');

const body = text(4000)
  .refine((given) => unknownPlaceholder(given) === undefined, {
    error: ({ input }) =>
      `没有“${unknownPlaceholder(String(input))}”这个占位符；可以用的：${Object.keys(placeholders).join('、')}`,
  })
  .meta({
    description: `文字，写成 {标题} 的由工单填；可以用 ${Object.keys(placeholders).join('、')}。不写来电人的资料`,
    example: '您反映的“{标题}”，我单位已到{地点}查看。',
  });

const template = shape('TextTemplate', {
  name: z.string(),
  text: z.string(),
  field: z.object({ key: z.string(), name: z.string() }).nullable().describe('只用于哪一栏；不限的为 null'),
  class: z.string().nullable().describe('只用于这一类和它下面的；不限的为 null'),
  shared,
  savedBy: z.string().describe('谁最后存的，轨迹里的写法'),
  savedAt: instant,
});

const templates = json('本人的和本单位的', shape('TextTemplates', { items: z.array(template) }));

export const textTemplateOperations = under('待办', {
  listTextTemplates: {
    request: 'GET /api/text-templates',
    summary: '文本模板：本人的和本单位的',
    access: workers,
    answers: { 200: templates },
  },
  saveTextTemplate: {
    request: 'PUT /api/text-templates',
    summary: '存一个文本模板，本人的或者本单位的；已有这个名称的，换成新的。本单位的记入轨迹',
    access: workers,
    body: shapeAsked('TextTemplateToSave', {
      name,
      text: body,
      field: z.strictObject({ key: field, name: fieldName }).nullable().default(null),
      class: classCode.nullable().default(null),
      shared: shared.default(false),
      basedOn: instantAsked.nullable().default(null).describe('改的是哪一刻存的（savedAt）；新的为 null'),
    }),
    answers: { 200: templates },
    refusals: ['template.changed'],
  },
  removeTextTemplate: {
    request: 'POST /api/text-templates/removals',
    summary: '删去一个文本模板；没有的，什么也不做。本单位的记入轨迹',
    access: workers,
    body: shapeAsked('TextTemplateToRemove', { name: text(60), shared }),
    answers: { 200: templates },
  },
});

/** Assistance for the agent during a call, and the class of a sheet. */
import { z } from 'zod';
import { dispatch, workOrder } from './case.js';
import { classCode, placedClass } from './classification.js';
import { knowledgeEntry } from './knowledge.js';
import { json, stepRefusals, under } from './operation.js';
import { instant, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { givenPoint } from './place.js';
import { formField } from './task.js';
import { kind, workOrderParams } from './work-order.js';
import { cites } from './said-by-law.js';

const draft = shapeAsked('IntakeDraft', {
  title: z.string().trim().max(200).default('').describe('标题；还没有时可以不写'),
  text: z.string().trim().max(20_000).default('').describe('事项内容，写到哪里算哪里'),
  contact: text(100).optional().describe('联系方式，用来找同一来电人的工单'),
  district: text(100).optional().describe('属地：区县'),
  kind: kind.optional(),
  class: classCode.optional().describe('已经选定的分类'),
  point: givenPoint.optional().describe('事发地点的坐标，用来找附近的工单和所在的区县'),
  nearMetres: z.number().int().min(50).max(300).default(200).describe('附近是多少米以内'),
  nearDays: z.number().int().min(1).max(365).default(30).describe('多少天以内收到的'),
});

const gist = {
  no: workOrderNo,
  kind,
  title: z.string(),
  receivedAt: instant,
  state: z.enum(['open', 'ended']),
};

const suggestions = shape('IntakeSuggestions', {
  classes: z.array(
    z.object({
      class: placedClass,
      name: z.string().meta({ example: '公用事业 / 供水 / 停水 / 突然停水 / 没有通知' }),
      because: z.array(z.string()).describe('最能说明问题的字词'),
      dispatch,
    }),
  ),
  units: z
    .array(z.object({ name: z.string(), because: z.array(z.string()) }))
    .describe('办理过用字相近的工单的单位，最可能的在前；没有办结的工单时为空'),
  dispatch,
  duplicates: z
    .array(z.object({ ...gist, similarity: z.number().describe('0 至 1') }))
    .describe(`可能是同一事项的工单；同一事实和理由的，登记时写明原工单号（${cites('repeats')}）`),
  nearby: z
    .array(
      z.object({
        ...gist,
        metres: z.number().int().describe('相距多少米'),
        similarity: z.number().describe('标题的相近程度，0 至 1'),
      }),
    )
    .describe('附近的工单，越近、字越相近的越在前'),
  place: z
    .object({
      longitude: z.number().nullable(),
      latitude: z.number().nullable(),
      within: z.string().nullable().describe('坐标在哪个区县的边界内；空为都不在；没有载入边界的为 null'),
      fault: z.string().nullable().describe('坐标有什么毛病、应当怎样写；没有的为 null'),
    })
    .nullable()
    .describe('坐标换算成 WGS-84；没有写坐标的为 null'),
  sameCaller: z.array(z.object(gist)).describe('同一联系方式的工单'),
  knowledge: z.array(knowledgeEntry.extend({ similarity: z.number() })),
  textSearch: z.boolean().describe('false：这个数据库的字符类型不识汉字，查重和知识库查找不可用'),
});

const intakeForm = shape('IntakeForm', {
  register: z.array(formField).describe('登记问什么；工单自己说的不在内'),
  ways: z
    .array(z.object({ way: z.string(), fields: z.array(formField) }))
    .describe('选了一种处理方式，接着的环节问什么'),
});

export const intakeOperations = under('受理', {
  readIntakeForm: {
    request: 'GET /api/intake/form',
    summary: '受理各环节问什么：依现行的受理流程图',
    access: ['intake'],
    answers: { 200: json('表单', intakeForm) },
  },
  suggestIntake: {
    request: 'POST /api/intake/suggestions',
    quiet: true,
    summary: '边写边提示：分类、转办单位、重复事项、同一来电人、知识库',
    access: ['intake'],
    body: draft,
    answers: { 200: json('提示', suggestions) },
  },
  classifyWorkOrder: {
    request: 'POST /api/work-orders/{no}/class',
    summary: '给工单归类或者改类，记入轨迹',
    access: ['intake', 'reviewer', 'supervisor'],
    params: workOrderParams,
    body: z.strictObject({ class: classCode }),
    answers: { 200: json('归类后的工单', workOrder) },
    refusals: ['case.not-found', 'classification.unknown', ...stepRefusals],
  },
});

/** Open tasks, their forms and their completion. */
import { z } from 'zod';
import { column } from './column.js';
import {
  alteredMark,
  anyObject,
  counted,
  cursorPage,
  cursorQuery,
  instant,
  level,
  provision,
  realm,
  searched,
  shape,
  shapeAsked,
  text,
  workOrderNo,
} from './primitives.js';
import { channel, kind, language } from './work-order.js';

export const formField = shape('FormField', {
  key: z.string(),
  label: z.string(),
  type: z
    .string()
    .describe(
      'text、longText、choice、boolean、date、number、unit（单位名册里的一个）、units（几个，顿号分隔）、sheet（同一来电人已经办结的工单的编号）',
    ),
  required: z.boolean(),
  evidence: z.boolean().describe('是否作为凭据记入轨迹'),
  presumed: z.string().optional().describe('受理时不问、回放时没有人答的，就这样答'),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});

const taskShape = {
  id: z.string().meta({ description: '待办编号；流程推进后旧编号即失效', example: '7~1~3~mh3k2w01~Task_A' }),
  no: workOrderNo,
  process: z.string().meta({ example: 'handling' }),
  element: z.string().meta({ description: '流程图中的元素', example: 'Task_A' }),
  name: column('要办的事', 'text', z.string()),
  role: z.string().nullable(),
  roleName: column('岗位', 'text', z.string().nullable()),
  locals: anyObject.nullable().describe('多实例的局部变量'),
  deeds: z.array(z.string()).meta({ description: '办结它是条例词汇里的哪些行为', example: ['reply.given'] }),
  openedAt: column('到达', 'instant', instant),
};

/** An open task with everything needed to complete it. */
export const task = shape('Task', {
  ...taskShape,
  norms: z.array(z.object({ ...provision.shape, norm: z.string(), relation: z.string() })),
  notBy: z.array(z.string()).describe('办过这些环节的人不得办本环节'),
  form: z.array(formField),
});

export const merged = z
  .object({
    lead: workOrderNo.nullable().describe('并入了哪张主单'),
    members: z.number().int().describe('并入它的有几张'),
  })
  .meta({ id: 'MergedMark', description: '并单；本人看得到的' });

export const emergency = z
  .array(
    z.object({
      key: z.string(),
      name: z.string(),
      dial: z.string().nullable().meta({ description: '打哪个号码', example: '110' }),
      reach: z.string(),
    }),
  )
  .meta({ id: 'EmergencyMark', description: '疑似警情，还没有登记：话里的词提示哪几个紧急渠道；没有的为空' });

export const worklistItem = shape('WorklistItem', {
  title: column('工单', 'name', z.string().describe('工单标题')),
  ...taskShape,
  due: column('期限', 'due', instant.nullable().describe('工单最近的期限；提醒和牌不算，暂停的不算')),
  provisional: z.boolean().describe('这个期限跨过尚无放假安排的日子，公布后须重算'),
  upstreamLimit: z.boolean().describe('这个期限是上级热线要求的，比条例的早'),
  altered: alteredMark,
  level: column('灯号', 'light', level),
  language: language.nullable().describe('用哪种语言告知、答复来电人；不是工单的为 null'),
  merged,
  emergency,
  callerActs: z
    .object({ added: z.number().int(), urged: z.number().int() })
    .describe('来电人在查询页补充过几次、催办过几次'),
  assigned: z.string().nullable().describe('承办单位里分给了谁（轨迹里的写法）或者哪个组；没有分派为 null'),
});

/** Groups of a worklist by level; `red` includes everything above it. */
export const lightGroup = z.enum(['all', 'red', 'yellow', 'normal']);

export const worklist = cursorPage(worklistItem)
  .extend({
    ...counted,
    lights: z
      .array(z.object({ group: lightGroup, count: z.number().int(), orMore: z.boolean() }))
      .describe('同样条件下各灯号有几项：全部、红灯及以上、黄灯、正常和提醒'),
  })
  .meta({ id: 'Worklist' });

/** Orders of a worklist; those by fields of the sheet read everything they sort. */
export const sorts = ['due', 'oldest', 'newest', 'district', 'class', 'assignee'] as const;

/** Filters and order of a worklist, without its pages. */
export const worklistChoice = {
  scope: z
    .enum(['mine', 'seen'])
    .default('seen')
    .describe('mine：按岗位和单位归本人办理的；seen：本人看得到的'),
  light: lightGroup.default('all').describe('灯号'),
  role: text(100).optional().meta({ description: '只看某一岗位的', example: 'unit' }),
  unit: text(100).optional().describe('只看某一单位主办的'),
  q: searched.optional(),
  channel: channel.optional(),
  kind: kind.optional(),
  district: text(100).optional().describe('只看某一属地的'),
  language: language
    .or(z.literal('mine'))
    .optional()
    .describe('只看来电人用某种语言的；mine：本人会的、中文以外的各种'),
  class: text(100).optional().describe('只看某一分类及其下级的：分类的编码'),
  assigned: z.enum(['mine', 'nobody']).optional().describe('mine：分给本人的；nobody：还没有分派的'),
  members: z
    .enum(['all', 'folded'])
    .default('all')
    .describe('folded：并入的，与主单在同一单位、同一环节的，收在主单下，不另列、不另计；all：逐张列出'),
  assignee: text(100).optional().describe('只看分给某人（轨迹里的写法）、某个组的'),
  process: text(100).optional().describe('只看某一流程的'),
  element: text(200).optional().describe('只看流程图上某一环节的'),
  realm: realm.default('live'),
  sort: z
    .enum(sorts)
    .default('due')
    .describe(
      '疑似警情、还没有登记的总在最前。其余的，due：期限近的在前；oldest、newest：先受理的、新受理的在前；district、class、assignee：按属地、分类、分派给谁（空的在前），只用于看一个单位或者本单位的',
    ),
};
export const worklistQuery = z.strictObject({ ...cursorQuery, ...worklistChoice });
export const taskParams = z.strictObject({ id: text(500) });

const answers = z
  .record(z.string().max(200), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]))
  .describe('表单各项的答案，以 key 为名');

const withMembers = z
  .strictObject({
    told: z
      .string()
      .regex(/^[a-z][a-z-]{0,29}$/)
      .optional()
      .describe(
        '消息告知不到的来电人，是怎样逐个告知的（行为词汇里的值，例如 sms）；不写的，他们的回复留着逐个办',
      ),
  })
  .meta({
    id: 'WithMembers',
    description: '主单的：并入它的、同一单位承办的、在同一环节的，一起办，同样的内容，各记各的轨迹',
  });

export const completion = shapeAsked('Completion', { answers, members: withMembers.optional() });

/** Most steps of a series. */
const mostSteps = 8;

export const ahead = shapeAsked('Ahead', {
  answers: z.array(answers).max(mostSteps).default([]).describe('已经填好的，逐步；没有填的按最先的选项推想'),
});

export const tasksAhead = shape('TasksAhead', {
  steps: z.array(
    task
      .omit({ id: true, no: true, openedAt: true })
      .extend({ chosen: anyObject.describe('这样选，才走到下一步') }),
  ),
  then: z.array(z.string()).describe('都办了以后等着办的环节；推想不出的是空的'),
});

export const series = shapeAsked('Series', {
  steps: z
    .array(z.strictObject({ element: text(200).describe('流程图中的环节'), answers }))
    .min(1)
    .max(mostSteps)
    .describe('按先后；第一步就是这项待办'),
  members: withMembers.optional(),
});

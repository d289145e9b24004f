/** Open tasks, their forms and their completion. */
import { z } from 'zod';
import {
  anyObject,
  instant,
  level,
  pageOf,
  pageQuery,
  provision,
  realm,
  text,
  workOrderNo,
} from './primitives.js';

export const formField = z
  .object({
    key: z.string(),
    label: z.string(),
    type: z.string().meta({
      description:
        'text、longText、choice、boolean、date、number、unit(单位名册里的一个)、units(几个,顿号分隔)',
    }),
    required: z.boolean(),
    evidence: z.boolean().meta({ description: '是否作为凭据记入轨迹' }),
    options: z.array(z.object({ value: z.string(), label: z.string() })),
  })
  .meta({ id: 'FormField' });

const taskShape = {
  id: z
    .string()
    .meta({ description: '待办编号;流程推进后旧编号即失效', example: '7~1~3~mh3k2w01~Task_Handle' }),
  no: workOrderNo,
  process: z.string().meta({ example: 'handling' }),
  element: z.string().meta({ description: '流程图中的元素', example: 'Task_Handle' }),
  name: z.string(),
  role: z.string().nullable(),
  roleName: z.string().nullable(),
  locals: anyObject.nullable().meta({ description: '多实例的局部变量' }),
  openedAt: instant,
};

/** A task that can be done now, with all that is needed to do it. */
export const task = z
  .object({
    ...taskShape,
    norms: z.array(z.object({ ...provision.shape, norm: z.string(), relation: z.string() })),
    notBy: z.array(z.string()).meta({ description: '办过这些环节的人不得办本环节' }),
    form: z.array(formField),
  })
  .meta({ id: 'Task' });

export const worklistItem = z
  .object({
    ...taskShape,
    title: z.string().meta({ description: '工单标题' }),
    due: instant.nullable().meta({ description: '工单最近的期限;提醒和牌不算,暂停的不算' }),
    provisional: z.boolean().meta({ description: '这个期限跨过尚无放假安排的日子,公布后须重算' }),
    level,
  })
  .meta({ id: 'WorklistItem' });

export const worklist = pageOf(worklistItem).meta({ id: 'Worklist' });
export const worklistQuery = z.strictObject({
  ...pageQuery,
  role: text(100).optional().meta({ description: '只看某一岗位的', example: 'unit' }),
  realm: realm.default('live'),
});
export const taskParams = z.strictObject({ id: text(500) });

export const completion = z
  .strictObject({
    answers: z
      .record(z.string().max(200), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]))
      .meta({ description: '表单各项的答案,以 key 为名' }),
  })
  .meta({ id: 'Completion' });

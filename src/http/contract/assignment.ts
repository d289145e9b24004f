/** Assignment in a unit: many tasks at once, and who of its people handles them. */
import { z } from 'zod';
import { spoken } from './people.js';
import { json, under } from './operation.js';
import { shape, shapeAsked, text } from './primitives.js';

const taskIds = z.array(text(500)).min(1).max(100).describe('待办编号，至多 100 项；每一项各成各的');

const outcomes = shape('TaskOutcomes', {
  results: z.array(
    z.object({
      id: z.string().describe('待办编号'),
      done: z
        .enum(['now', 'before', 'refused'])
        .describe('now：办了；before：本人先前已经这样办过；refused：没有办，原因在 detail'),
      code: z.string().optional(),
      detail: z.string().optional().describe('没有办的：为什么'),
      remedy: z.string().optional().describe('没有办的：怎么办'),
    }),
  ),
});

const team = text(60).meta({ description: '本单位里一个组的名称', example: '抢修组' });

export const assignmentOperations = under('待办', {
  signTasks: {
    request: 'POST /api/tasks/signings',
    quiet: true,
    summary: '签收许多件：逐件办结、逐件记入轨迹；没有签成的写明为什么；重发不重复',
    access: ['handler'],
    body: shapeAsked('Signings', {
      tasks: taskIds,
      members: z
        .literal(true)
        .optional()
        .describe('主单的，连同本单位承办的、并入它的一起签收，各记各的轨迹'),
    }),
    answers: { 200: json('逐件的结果', outcomes) },
  },
  assignTasks: {
    request: 'POST /api/tasks/assignments',
    quiet: true,
    summary: '把本单位的待办分给一个人、一个组，或者收回：记入轨迹；期限和责任仍是本单位的；重发不重复',
    access: ['handler'],
    body: z
      .union([
        z.strictObject({ tasks: taskIds, person: text(60).describe('登录名') }),
        z.strictObject({ tasks: taskIds, team }),
        z.strictObject({ tasks: taskIds, nobody: z.literal(true).describe('收回分派') }),
      ])
      .meta({ id: 'Assignments' }),
    answers: { 200: json('逐件的结果', outcomes) },
    refusals: ['person.not-found'],
  },
  listColleagues: {
    request: 'GET /api/colleagues',
    summary: '可以分派给谁：本单位、下级单位的经办人和已有的组',
    access: ['handler'],
    answers: {
      200: json(
        '人和组',
        shape('Colleagues', {
          persons: z.array(
            z.object({
              login: z.string(),
              name: z.string(),
              actor: z.string().describe('轨迹里的写法'),
              unit: z.string(),
              languages: spoken,
              load: z.number().int().describe('分给此人、还没有办结的工单有几件'),
            }),
          ),
          teams: z.array(z.string()),
        }),
      ),
    },
  },
});

/** Rehearses a draft on the real engine with a moved clock. Stateless. */
import { z } from 'zod';
import { deadline } from './case.js';
import { complianceOfficers, json, stepRefusals, under } from './operation.js';
import { anyObject, diagram, instant, level, provision, shape, shapeAsked, text } from './primitives.js';
import { caseDuties } from './regulation.js';
import { formField } from './task.js';

const at = z.iso.datetime({ offset: true });
const fact = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);
const facts = z.record(z.string().max(200), z.union([fact, z.array(fact)]));
const element = text(200);

const start = {
  at,
  /** Large enough for a whole assessment method. */
  facts: z.record(z.string().max(200), z.unknown()).optional(),
  policies: z
    .record(z.string().max(200), z.string().max(200))
    .optional()
    .describe('这一次推演用这些政策的值；不写的用已经批准的'),
  earlierSheets: z
    .array(text(100))
    .max(100)
    .optional()
    .describe('可以引用的原工单的编号；不写的，写什么都算有'),
  accusedPersons: z
    .array(text(100))
    .max(100)
    .optional()
    .describe('被投诉、举报的工作人员，写作“岗位/姓名”：登记以后须回避'),
  units: z
    .array(z.strictObject({ name: text(200), kind: text(20), superior: text(200).optional() }))
    .max(300)
    .optional()
    .describe('单位名册：种类见 regulation/units.json；不写的，写什么单位都算有'),
  people: z
    .array(z.strictObject({ name: text(100), unit: text(200), roles: z.array(text(40)).max(12) }))
    .max(300)
    .optional()
    .describe('人员名册：by 写其中的姓名，就照各人的角色、单位办'),
};
const begin = z.union([
  z.strictObject({ process: element, ...start }),
  z.strictObject({ message: element, ...start }),
]);

const names = z.array(text(200)).max(100);
const expected = z.strictObject({
  open: names.optional(),
  escalations: names.optional(),
  messages: names.optional(),
  due: z.record(z.string().max(200), at.nullable()).optional(),
  /** Large enough for a whole assessment method. */
  variables: z.record(z.string().max(200), z.unknown()).optional(),
  duties: z
    .array(
      z.strictObject({
        norm: text(20),
        state: text(40),
        unit: text(200).nullable().optional(),
        bearer: text(40).optional(),
      }),
    )
    .max(100)
    .optional(),
  done: z
    .array(z.strictObject({ deed: text(200), facts: z.record(z.string().max(200), z.unknown()) }))
    .max(100)
    .optional()
    .describe('写出的行为每一次做时的事实，依次'),
  shown: names.optional().describe('来电人查询时看得到的各项的题目，依次'),
  ended: z.boolean().optional(),
});

const act = z.union([
  z.strictObject({
    complete: element.describe('办结开在这个环节的待办'),
    at: at.optional(),
    with: facts.optional(),
    refused: text(100).optional().describe('这一步应当被拒绝，错误代码'),
  }),
  z.strictObject({
    do: text(100).meta({ description: '条例词汇里的行为，不论图上是哪个环节', example: 'reply.given' }),
    by: text(200).optional().describe('岗位、单位，或者 岗位/姓名'),
    at: at.optional(),
    with: facts.optional(),
    refused: text(100).optional().describe('这一步应当被拒绝，错误代码'),
  }),
  z.strictObject({
    task: z
      .strictObject({ name: text(500), role: text(100).nullable(), asks: z.array(text(200)).max(100) })
      .describe('办结一个不是条例里的行为的待办：按岗位、表单的栏目、名称找，三样合两样即是'),
    at: at.optional(),
    with: facts.optional(),
    refused: text(100).optional(),
  }),
  z.strictObject({ send: element.describe('从外面来的消息'), at: at.optional(), with: facts.optional() }),
  z.strictObject({
    policies: z.record(z.string().max(200), z.string().max(200)),
    at: at.describe('这一刻起用这些政策的值'),
  }),
  z.strictObject({ clock: at.describe('把时钟拨到这一刻；到期的依次到期') }),
  z.strictObject({ expect: expected.describe('到这里应当发生了什么；只核对，不办事') }),
]);

const rehearsalRequest = shapeAsked('RehearsalRequest', {
  diagrams: z.array(diagram).max(5).describe('草案（BPMN 2.0 XML），代替现行的同名流程；空的只用现行的'),
  begin,
  acts: z.array(act).max(300),
});

const told = z.record(z.string(), z.unknown());

const resting = z.object({ process: z.string(), element: z.string(), name: z.string() });

export const rehearsal = shape('Rehearsal', {
  now: instant.describe('拨动的时钟此刻'),
  ended: z.boolean(),
  level,
  waiting: z.array(resting).describe('令牌停在哪里'),
  tasks: z.array(
    resting.extend({
      role: z.string().nullable(),
      roleName: z.string().nullable(),
      openedAt: instant,
      form: z.array(formField),
    }),
  ),
  deadlines: z
    .array(deadline.extend({ process: z.string(), provisions: z.array(provision) }))
    .describe('正在计时的期限，各依哪一条'),
  lapsed: z
    .array(resting.extend({ at: instant, provisions: z.array(provision) }))
    .describe('已经届满的期限，先届满的在前'),
  duties: caseDuties.describe('法定义务此刻的状态，证据是下面的第几条'),
  entries: z.array(
    z.object({
      seq: z.number().int().describe('第几条，从 1 数起'),
      at: instant,
      type: z.string(),
      title: z.string(),
      process: z.string().nullable(),
      levels: z.array(z.string()),
      provisions: z.array(provision),
      entered: z.array(z.string()),
    }),
  ),
  variables: anyObject,
  steps: z
    .array(
      z.object({
        act: z.number().int().describe('第几步，从 0 数起'),
        name: z.string(),
        roleName: z.string().nullable(),
        form: z.array(formField),
        fields: z.record(z.string(), z.string()).describe('行为的事实各由表单的哪一栏说，写作 事实：栏目'),
      }),
    )
    .describe('人办的各步在哪个环节办，它的表单；没有办成的也在内'),
  expectations: z
    .array(
      z.object({
        act: z.number().int().describe('第几步，从 0 数起'),
        unmet: z.array(z.string()).describe('哪些没有发生；空的就是都符合'),
        came: told.describe('同样的几项，走出来的是什么'),
      }),
    )
    .describe('应当发生的，逐条核对的结果'),
  refused: z
    .object({
      act: z.number().int().describe('第几步，从 0 数起；-1 是开始'),
      code: z.string(),
      message: z.string(),
      remedy: z.string().nullable(),
    })
    .nullable()
    .describe('没有办成的一步，其后的没有走'),
});

const scenario = shape('Scenario', {
  name: z.string(),
  title: z.string(),
  provisions: z.array(provision),
  begin: told,
  steps: z.array(z.object({ text: z.string(), act: told.describe('一步，或者核对应当发生的') })),
});

export const scenarioList = shape('ScenarioList', { items: z.array(scenario) });

const counterExampleRequest = shapeAsked('CounterExampleRequest', {
  diagram,
  finding: z
    .strictObject({ rule: text(100), element, message: text(5000) })
    .describe('核查这张图说的一处，照原样写'),
});

export const counterExample = shape('CounterExample', {
  run: scenario
    .nullable()
    .describe('最短的一件工单，真实的引擎走过一遍；null：在限定的步数里没有走出来，不等于没有'),
});

const recordingRequest = shapeAsked('RecordingRequest', {
  diagrams: z.array(diagram).max(5),
  begin,
  acts: z.array(act).max(300),
  expected: expected.optional().describe('到最后应当如此；不写的，照走出来的'),
});

const recording = shape('Recording', {
  steps: z.string().describe('情景的内容（JSON），写进流程图的 duty:scenario'),
  unmet: z.array(z.string()).describe('在这些图上不成立的；空的就是成立'),
});

export const rehearsalOperations = under('流程定义', {
  recordScenario: {
    request: 'POST /api/scenarios/recorded',
    quiet: true,
    summary: '把走过的一件写成情景：只说条例里的行为、岗位和时刻，不说图上的环节；什么也不留下',
    access: ['compliance-editor'],
    body: recordingRequest,
    diagrams: 1,
    answers: { 200: json('情景', recording) },
    refusals: [
      ...stepRefusals,
      'definition.not-bpmn',
      'definition.unsupported',
      'input.invalid',
      'task.not-found',
      'deed.not-possible',
      'deed.not-yours',
      'stimulus.not-waiting',
    ],
  },
  rehearse: {
    request: 'POST /api/rehearsals',
    quiet: true,
    summary: '用草案推演一件工单：走到哪里、有哪些待办和期限；什么也不留下',
    access: complianceOfficers,
    body: rehearsalRequest,
    diagrams: 1,
    answers: { 200: json('走到哪里', rehearsal) },
    refusals: [...stepRefusals, 'definition.not-bpmn', 'definition.not-dmn', 'definition.unsupported'],
  },
  findCounterExample: {
    request: 'POST /api/counter-examples',
    quiet: true,
    summary: '核查出来的一处，怎样的一件工单会碰到：选了什么、何时；可以逐步推演，什么也不留下',
    access: complianceOfficers,
    body: counterExampleRequest,
    diagrams: 1,
    answers: { 200: json('走法', counterExample) },
    refusals: [...stepRefusals, 'input.invalid', 'definition.not-bpmn', 'definition.unsupported'],
  },
  listScenarios: {
    request: 'GET /api/scenarios',
    summary: '各条的情景：什么条件下必须发生什么，可以逐步推演',
    access: complianceOfficers,
    answers: { 200: json('情景', scenarioList) },
  },
});

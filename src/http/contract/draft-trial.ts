/** The trial of a draft before submission: scenarios, latest real cases, running cases. */
import { z } from 'zod';
import { sha256 } from './draft.js';
import { complianceOfficers, json, under } from './operation.js';
import { instant, numbered, provision, shape } from './primitives.js';

const share = z.object({
  passed: z.number().int(),
  of: z.number().int(),
  missed: z.array(z.object({ id: z.string(), name: z.string() })).readonly(),
});

const engineRemark = z.object({ title: z.string(), provisions: z.array(provision), why: z.string() });

export const scenarioReport = shape('ScenarioReport', {
  sha256,
  scenarios: z.number().int().describe('跑了几个情景'),
  failed: z.array(
    z.object({
      title: z.string(),
      provisions: z.array(provision),
      walked: z.boolean().describe('true：走得下去，只是时刻、结果不同；false：走不下去'),
      reason: z.string(),
    }),
  ),
  differing: z
    .array(
      z.object({
        title: z.string(),
        provisions: z.array(provision),
        holds: z
          .enum(['in-force', 'draft', 'both', 'neither'])
          .describe(
            '在哪一版上成立：in-force 只在现行的；draft 只在草案；both 两版都成立；neither 两版都不成立',
          ),
        differences: z.array(z.string()).describe('哪些升级、义务、期限不同，一句一项'),
      }),
    )
    .describe('与现行的流程图相比，结果不同的情景'),
  coverage: z
    .object({ elements: share, deeds: share, duties: share })
    .optional()
    .describe('草案的环节、行为、义务，有情景走过的和没有的'),
  behaviour: z
    .object({
      runs: z.number().int().describe('走过改动之处的工单：情景，和由情景岔开、随机走的'),
      lost: z
        .array(
          z.object({
            kind: z
              .enum(['act', 'deed', 'level', 'message', 'duty', 'limit', 'holder', 'end'])
              .describe(
                'act：办不成；deed：没有了行为；level：没有了升级；message：没有发消息；duty：义务没有了、没有办到；limit：期限放宽；holder：承担者变了；end：走不到结束',
              ),
            says: z.string(),
            provisions: z.array(provision),
            runs: z.number().int(),
            scenario: z.string().describe('演示的一件沿着、或者岔开哪个情景'),
            begin: z.record(z.string(), z.unknown()),
            steps: z.array(z.object({ text: z.string(), act: z.record(z.string(), z.unknown()) })),
          }),
        )
        .describe('现行的做到、草案做不到的'),
    })
    .optional()
    .describe('同样的办法，在现行的和草案上各走一遍'),
  engines: z
    .object({
      agree: z.number().int().describe('两个引擎每一步都停在一处的情景'),
      differing: z.array(engineRemark).describe('不一致的：哪一步以后各停在哪里'),
      uncompared: z.array(engineRemark).describe('未比较的：走得到第二个引擎的哪个已知缺陷'),
      unfinished: z.number().int().describe('时间不够，未比较完的'),
    })
    .optional()
    .describe('走过改动之处的情景，在第二个引擎（bpmn-engine）上也走一遍'),
});

export const replayReport = shape('ReplayReport', {
  sha256,
  cases: z.number().int().describe('重走了几件以往的工单'),
  incomparable: z.number().int().describe('在现行的流程图上也重走不了的'),
  unfit: z.number().int().describe('走不下去的'),
  outcome: z.number().int().describe('结果不同的'),
  escalation: z.number().int().describe('升级不同的'),
  differing: z
    .array(
      z.object({
        no: z.string(),
        kind: z.enum(['unfit', 'outcome', 'escalation']),
        before: z.string().describe('现行的'),
        after: z.string().describe('草案的'),
      }),
    )
    .describe('其中的头 200 件'),
});

export const runningCasesReport = shape('RunningCasesReport', {
  sha256,
  running: z.number().int().describe('看了几件在办的工单'),
  more: z.boolean().describe('true：还有没看的'),
  cannotMove: z.number().int().describe('不能移到新版本的'),
  hindrances: z.array(
    z.object({
      element: z.string(),
      elementName: z.string(),
      why: z.string(),
      cases: z.number().int(),
      examples: z.array(z.string()),
    }),
  ),
});

export const trial = shape('DraftTrial', {
  state: z
    .enum(['none', 'running', 'failed', 'made'])
    .describe(
      'none：这些字节在现行的流程、日历、政策上还没有试跑；running：正在后台试跑；failed：试了几次都没有做完，不再自己重试，可以重新试跑；made：试跑完了',
    ),
  askedAt: instant.nullable(),
  madeAt: instant.nullable(),
  progress: z
    .object({
      what: z
        .enum(['scenarios', 'behaviour', 'engines', 'replay'])
        .describe(
          'scenarios：跑情景；behaviour：与现行的比较；engines：在第二个引擎上走；replay：重走以往的工单',
        ),
      done: z.number().int(),
      of: z.number().int(),
    })
    .nullable(),
  failure: z
    .object({
      attempts: z.number().int().describe('试过几次'),
      reason: z.string().describe('最后一次遇到了什么'),
    })
    .nullable()
    .describe('只在 failed 时'),
  reports: z
    .object({ scenarios: scenarioReport, replay: replayReport, runningCases: runningCasesReport })
    .nullable(),
});

export const draftTrialOperations = under('流程的修改', {
  readTrial: {
    request: 'GET /api/drafts/{id}/trial',
    summary: '现在这一稿的试跑：全部情景、最近 1000 件工单、在办的工单；提交时连同这些结果一起核查',
    access: [...complianceOfficers, 'auditor'],
    params: numbered,
    answers: { 200: json('试跑', trial) },
    refusals: ['draft.not-found'],
  },
  orderTrial: {
    request: 'POST /api/drafts/{id}/trial',
    summary: '在后台试跑现在这一稿；试跑过的、试跑失败的，重新试跑',
    access: ['compliance-editor'],
    params: numbered,
    answers: { 202: json('试跑', trial) },
    refusals: [
      'draft.not-found',
      'draft.state',
      'definition.not-bpmn',
      'definition.not-dmn',
      'definition.unsupported',
    ],
  },
});

/** Policies: values that the law leaves to a decision. */
import { z } from 'zod';
import { column } from './column.js';
import { complianceOfficers, json, under } from './operation.js';
import { civilDate, instant, numbered, provision, shape, shapeAsked, text } from './primitives.js';

const verdict = z.enum(['approve', 'reject', 'withdraw']);

export const policyProposal = shape('PolicyProposal', {
  id: z.number().int(),
  key: z.string().meta({ example: 'supervisionLimit' }),
  value: z.string().meta({ example: 'P2D' }),
  meaning: z.string().meta({ description: '这个值的意思', example: '2 个工作日' }),
  effectiveOn: civilDate.describe('自这一天零时起开始的工单适用'),
  author: z.string(),
  machine: z
    .string()
    .nullable()
    .describe('在命令行上以提出人的名义提出的：操作系统的用户；在操作台提出的为空'),
  reason: z.string(),
  document: z.string().nullable().describe('决定的文号'),
  proposedAt: instant,
  state: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']),
  possible: z.array(verdict).describe('提问的人现在可以做的'),
  ruling: z
    .object({ decision: verdict, actor: z.string(), reason: z.string(), ruledAt: instant })
    .nullable()
    .describe('批准、否决或者撤回；null 还没有'),
});

const policyShape = {
  key: z.string().meta({ example: 'supervisionLimit' }),
  label: column('政策', 'name', z.string()),
  meaning: column('现行', 'text', z.string()),
  article: column('条文', 'article', provision),
  certainty: column('把握', 'text', z.enum(['P', 'R', 'U']), {
    words: { P: '有二手来源', R: '对条文的理解', U: '没有来源' },
  }).describe('随附决定的把握：P 有二手来源，R 是对条文的理解，U 没有来源'),
  open: column('变动', 'text', z.array(policyProposal).describe('等待决定的提案')),
  kind: z.enum(['choice', 'length', 'business-hours', 'count', 'emergencies']),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).describe('可选的值；不是选择的为空'),
  unit: z.enum(['working-days', 'natural', 'months', 'minutes', 'days', 'weeks', 'times']).nullable(),
  least: z.number().int().nullable().describe('时长、件数至少多少'),
  most: z.number().int().nullable().describe('至多几个工作日（几小时、几个月、几件）'),
  source: z.string(),
  value: z.string().describe('现行的值'),
  since: civilDate.nullable().describe('自何日起现行；null 是随附的决定'),
  shippedBy: z.enum(['base', 'city']).describe('随附的决定：base 是程序的，city 是本市条例包的'),
  author: z.string(),
  approver: z.string().nullable().describe('批准人；随附的决定没有'),
  reason: z.string(),
  document: z.string().nullable(),
  scheduled: z.array(policyProposal).describe('已经批准、还没有生效的'),
};

export const policyList = shape('PolicyList', {
  version: z.number().int().describe('现行的政策版本；此刻开始的工单终身适用它'),
  items: z.array(shape('Policy', policyShape)),
});

export const policyDetail = shape('PolicyDetail', {
  ...policyShape,
  history: z.array(policyProposal).describe('历次提案和结论，按生效日'),
});

const policyParams = z.strictObject({ key: text(100) });

const newProposal = shapeAsked('NewPolicyProposal', {
  value: text(200).meta({ example: 'P2D' }),
  effectiveOn: text(20).meta({ description: '生效日，晚于今天', example: '2027-01-01' }),
  reason: text(2000),
  document: text(200).optional().describe('决定的文号'),
});

const newRuling = shapeAsked('NewPolicyRuling', {
  decision: verdict.describe('approve 批准、reject 否决（均由提出人以外的人）；withdraw 撤回（由提出人）'),
  reason: text(2000),
});

export const policyOperations = under('政策', {
  listPolicies: {
    request: 'GET /api/policies',
    summary: '现行的政策：法未写明、由有权机关决定的值',
    access: 'signed-in',
    because: '政策是大家共同遵守的，没有工单的内容',
    scopes: ['rules:read'],
    answers: { 200: json('政策', policyList) },
  },
  readPolicy: {
    request: 'GET /api/policies/{key}',
    summary: '一项政策及历次提案',
    access: 'signed-in',
    because: '政策是大家共同遵守的，没有工单的内容',
    scopes: ['rules:read'],
    params: policyParams,
    answers: { 200: json('政策', policyDetail) },
    refusals: ['policy.not-found'],
  },
  proposePolicy: {
    request: 'POST /api/policies/{key}/proposals',
    summary: '提出改变一项政策；由他人批准后自生效日起适用于其后开始的工单',
    access: ['compliance-editor'],
    params: policyParams,
    body: newProposal,
    answers: { 201: json('提案', policyProposal) },
    refusals: ['policy.not-found', 'policy.invalid', 'calendar.invalid'],
  },
  rulePolicy: {
    request: 'POST /api/policy-proposals/{id}/ruling',
    quiet: true,
    summary: '批准、否决或者撤回一项提案',
    access: complianceOfficers,
    recent: true,
    params: numbered,
    body: newRuling,
    answers: { 200: json('提案', policyProposal) },
    refusals: ['policy.not-found', 'policy.invalid', 'policy.not-yours', 'policy.altered', 'policy.settled'],
  },
});

/** Repairing a stuck case, by two people: correcting a variable, moving or withdrawing a token. */
import { z } from 'zod';
import { complianceOfficers, json, stepRefusals, under } from './operation.js';
import { instant, positive, shape, shapeAsked, text } from './primitives.js';

const scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
const count = positive;
const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('所看的工单现状（SHA-256），由 readMendable 给出；其后变了的拒绝');

const act = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('set'),
      name: text(200),
      value: z.union([scalar, z.array(scalar).max(200)]),
      instance: count.nullable().default(null).describe('各流程实例各有一份的变量：哪个实例的'),
      token: text(20).nullable().default(null).describe('活动自己的变量：哪个活动的，照 readMendable 所给'),
    }),
    z.strictObject({ kind: z.literal('move'), instance: count, token: text(20), to: text(200) }),
    z.strictObject({ kind: z.literal('withdraw'), instance: count, token: text(20) }),
  ])
  .meta({
    id: 'Intervention',
    description: 'set 更正变量、move 把停着的环节移到别处、withdraw 取消停着的环节',
  });

const place = z.object({ id: z.string(), name: z.string() });

const mendable = shape('Mendable', {
  basedOn: digest,
  tokens: z.array(
    z.object({
      instance: z.number().int(),
      token: z.string(),
      processName: z.string(),
      at: place,
      targets: z.array(place).describe('可以移到的环节'),
      mayWithdraw: z.boolean(),
      isLast: z.boolean().describe('true：取消它，这个流程就撤销了'),
    }),
  ),
  variables: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      instance: z.number().int().nullable(),
      token: z.string().nullable(),
      kind: z.enum(['choice', 'boolean', 'number', 'date', 'text', 'any']),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
      value: z.string().nullable().describe('现在的值（JSON）；没有的为 null'),
    }),
  ),
});

const outlook = shape('InterventionOutlook', {
  says: z.array(z.string()).describe('会改变什么，一句一件'),
  goesOn: z.boolean().describe('false：照此仍有走不下去的'),
});

const proposal = shape('InterventionProposal', {
  proposal: z.number().int().describe('提议是工单轨迹的第几条'),
  at: instant,
  actor: z.string(),
  isOwn: z.boolean(),
  reason: z.string().nullable().describe('按保存期限删除以后为 null'),
  what: z.string().describe('改什么，一句话'),
  outlook: outlook.nullable().describe('照现在的情况会改变什么；作废的为 null'),
  void: z.string().nullable().describe('为什么作废；没有作废的为 null'),
});

const of = { workOrder: text(100) };
const query = z.strictObject(of);
const wanted = { ...of, act, basedOn: digest };
const settled = { ...of, proposal: positive };
const seen = ['supervisor', ...complianceOfficers, 'system-admin'] as const;
const changing = [
  ...(['case.not-found', 'incident.not-open', 'intervention.invalid', 'intervention.hindered'] as const),
  ...(['intervention.outdated', 'stimulus.not-waiting', 'stimulus.ended', 'clock.invalid'] as const),
  ...stepRefusals,
] as const;

export const interventionOperations = under('运行', {
  readMendable: {
    request: 'GET /api/incidents/mendable',
    summary: '一张走不下去的工单里可以更正的变量、可以移动或者取消的停着的环节',
    access: complianceOfficers,
    query,
    answers: { 200: json('可以改什么', mendable) },
    refusals: ['case.not-found', 'incident.not-open'],
  },
  previewIntervention: {
    request: 'POST /api/incidents/previews',
    quiet: true,
    summary: '先看会改变什么、照此走不走得通；什么也不改',
    access: complianceOfficers,
    body: shapeAsked('InterventionPreview', wanted),
    answers: { 200: json('会改变什么', outlook) },
    refusals: changing,
  },
  listProposals: {
    request: 'GET /api/incidents/proposals',
    summary: '一张工单还没有结论的人工处置的提议',
    access: seen,
    query,
    answers: { 200: json('提议', shape('InterventionProposals', { items: z.array(proposal) })) },
    refusals: ['case.not-found'],
  },
  proposeIntervention: {
    request: 'POST /api/incidents/proposals',
    summary: '提出更正变量、移动或者取消停着的环节，写明理由；由他人批准才改',
    access: ['compliance-editor'],
    body: shapeAsked('NewIntervention', { ...wanted, reason: text(2000) }),
    answers: { 200: json('已经提出', z.object({ proposed: z.literal(true) })) },
    refusals: changing,
  },
  approveIntervention: {
    request: 'POST /api/incidents/approvals',
    summary: '批准一件提议：立即改，并把走不下去的再试一次；提出的人不得批准',
    access: ['compliance-approver'],
    recent: true,
    body: shapeAsked('NewInterventionApproval', { ...settled, comment: text(2000) }),
    answers: { 200: json('改了什么', outlook) },
    refusals: ['intervention.not-found', 'intervention.settled', 'intervention.own', ...changing],
  },
  withdrawIntervention: {
    request: 'POST /api/incidents/withdrawals',
    summary: '撤回或者不批准一件提议',
    access: complianceOfficers,
    body: shapeAsked('NewInterventionWithdrawal', { ...settled, reason: text(2000) }),
    answers: { 200: json('已经撤回', z.object({ withdrawn: z.literal(true) })) },
    refusals: ['case.not-found', 'intervention.not-found', 'intervention.settled'],
  },
});

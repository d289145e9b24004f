/** Merging of sheets on one matter from many callers 并单. */
import { z } from 'zod';
import { classCode } from './classification.js';
import { json, sheetReaders, stepRefusals, under } from './operation.js';
import { givenPoint } from './place.js';
import { instant, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { channel, kind, workOrderParams } from './work-order.js';
import { cites, where } from './said-by-law.js';

/** Roles that decide on merging. Units do not. */
const deciders = ['intake', 'reviewer', 'supervisor'] as const;

const draft = shapeAsked('MatterDraft', {
  title: z.string().trim().max(200).default(''),
  text: z.string().trim().max(20_000).default('').describe('事项内容，写到哪里算哪里'),
  district: text(100).optional(),
  kind: kind.optional(),
  class: classCode.optional(),
  address: text(200).optional().describe('事发地点，以文字说明；不是来电人地址'),
  point: givenPoint.optional(),
});

const mergedSheet = shape('MergedSheet', {
  no: workOrderNo,
  title: z.string(),
  kind,
  channel,
  receivedAt: instant,
  state: z.enum(['open', 'ended']),
  unit: z.string().nullable().describe('承办单位；还没有转出的为 null'),
  due: instant.nullable().describe('最近的期限，各是各的；办结的、没有期限在走的为 null'),
  members: z.number().int().describe('并入它的有几张'),
});

const proposal = mergedSheet
  .extend({
    score: z.number().int().describe('相近程度，0 至 100'),
    because: z
      .array(z.string())
      .meta({ description: '为什么像是同一件事', example: ['相距约 60 米', '同一分类'] }),
  })
  .meta({ id: 'MergeProposal' });

const carriedAct = shape('CarriedAct', {
  entry: z.number().int().describe('主单轨迹的第几条起'),
  at: instant,
  actor: z.string(),
  waiting: z.number().int().describe('还没有轮到的'),
  done: z.number().int().describe('随主单办好的'),
  left: z
    .array(z.object({ no: workOrderNo, why: z.string() }))
    .describe('没有办、没有全办的，为什么；由它们自己办'),
});

export const merging = shape('Merging', {
  lead: mergedSheet.nullable().describe('已经并入的主单；没有的为 null'),
  members: z.array(mergedSheet).describe('并入它的，按收到的先后'),
  carried: z.array(carriedAct).describe('主单上办的、带到成员的，近的在前，至多五次'),
  perCaller: z
    .array(z.object({ deed: z.string(), ways: z.array(z.object({ value: z.string(), label: z.string() })) }))
    .describe('要告知每位来电人的行为：消息告知不到的，可以怎样逐个告知'),
  proposals: z
    .array(proposal)
    .describe('可能是同一件事的工单，越像越前；只提示给可以并单的人，并不并由人决定'),
});

const reason = text(500).meta({
  description: '为什么；不写个人信息，加密保存',
  example: '同一处停水，承办单位一次处理',
});

export const mergingOperations = under('并单', {
  proposeMerge: {
    request: 'POST /api/intake/merge-proposals',
    quiet: true,
    summary: '受理时边写边提示：可能是同一件事的工单',
    access: ['intake'],
    body: draft,
    answers: { 200: json('提示', shape('MergeProposals', { proposals: z.array(proposal) })) },
  },
  readMerging: {
    request: 'GET /api/work-orders/{no}/merging',
    summary: '工单并入了哪张、哪些并入了它、可能是同一件事的；没有来电人的资料',
    access: sheetReaders,
    params: workOrderParams,
    answers: { 200: json('并单', merging) },
    refusals: ['case.not-found'],
  },
  listNearbySheets: {
    request: 'GET /api/work-orders/{no}/nearby',
    summary: '附近的工单：事发地点相距 300 米以内、前后收到的，看得到的；近的、字相近的在前，至多 20 张',
    access: sheetReaders,
    params: workOrderParams,
    answers: {
      200: json(
        '附近的',
        shape('NearbySheets', {
          items: z.array(
            mergedSheet.pick({ no: true, title: true, kind: true, receivedAt: true, state: true }).extend({
              kindName: z.string(),
              metres: z.number().int().describe('相距多少米'),
            }),
          ),
        }),
      ),
    },
    refusals: ['case.not-found'],
  },
  mergeWorkOrders: {
    request: 'POST /api/work-orders/{no}/members',
    summary: `把同一件事的工单并入这张主单，写明事由，各记入轨迹；每位来电人的工单、期限、答复${where('call-back', '、回访')}照旧（${cites('sheet')}）`,
    access: deciders,
    params: workOrderParams,
    body: shapeAsked('MergeOrder', { members: z.array(workOrderNo).min(1).max(200), reason }),
    answers: { 200: json('并单以后', merging) },
    refusals: ['case.not-found', 'access.denied', 'merge.impossible', ...stepRefusals],
  },
  unmergeWorkOrder: {
    request: 'POST /api/work-orders/{no}/members/{member}/separation',
    summary: '从主单拆出一张，写明事由；它从现在的环节继续，办过的不变',
    access: deciders,
    params: z.strictObject({ ...workOrderParams.shape, member: workOrderNo }),
    body: shapeAsked('SeparationOrder', { reason }),
    answers: { 200: json('拆出以后的主单', merging) },
    refusals: ['case.not-found', 'access.denied', 'merge.impossible', ...stepRefusals],
  },
});

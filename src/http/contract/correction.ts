/** Corrections of an accepted sheet. */
import { z } from 'zod';
import { workOrder } from './case.js';
import { json, stepRefusals, under } from './operation.js';
import { givenPlace } from './place.js';
import { shapeAsked, text } from './primitives.js';
import { channel, kind, language, messagesWanted, workOrderParams } from './work-order.js';
import { cites, named } from './said-by-law.js';

const removable = '不写的不改，null 删去';

/** One line per field, as in `src/sheet/correctable.ts`. */
const fields = {
  title: text(200).optional(),
  content: text(20_000).optional(),
  district: text(100).nullish().describe(`属地：区县；${removable}`),
  place: givenPlace.nullish().describe(`事发地点，整个换成新的；${removable}`),
  channel: channel.optional(),
  kind: kind.optional(),
  confidential: z
    .boolean()
    .optional()
    .describe(`是否要求对联系方式等信息保密（${cites('callers-wishes')}）`),
  replyWanted: z
    .boolean()
    .optional()
    .describe(`是否要求回复（${cites('callers-wishes')}）`),
  language: language.optional(),
  messagesWanted: messagesWanted.optional(),
  callerName: text(100).nullish().describe(`来电人；${removable}`),
  callerContact: text(100).nullish().describe(`联系方式；${removable}`),
  callerAddress: text(200).nullish().describe(`来电人地址；${removable}`),
};

const correction = shapeAsked('Correction', {
  basedOn: z.number().int().min(0).describe('打开时看到的 corrected：其间有人更正过的，不收'),
  reason: text(500).meta({
    description: '为什么更正；不写个人信息，加密保存',
    example: '回拨时来电人说地址记错了',
  }),
  ...fields,
  answers: z
    .record(z.string().max(200), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]))
    .default({})
    .meta({
      description:
        '登记时的答案里随这几项核对的，一并更正，以表单的 key 为名，null 删去：改成投诉、举报的，写明指控谁',
      example: { accusation: 'none', accusedNone: '一家餐馆，不是承办单位' },
    }),
});

export const correctionOperations = under('工单', {
  correctWorkOrder: {
    request: 'POST /api/work-orders/{no}/corrections',
    summary: `更正${named('sheet')}上写错的，写明事由，原来的和更正后的记入轨迹（${cites('sheet')}）；编号、收到的时刻不能更正`,
    access: ['intake', 'supervisor'],
    params: workOrderParams,
    body: correction,
    answers: { 200: json('更正后的工单', workOrder) },
    refusals: [
      'case.not-found',
      'access.denied',
      'sheet.corrected',
      'caller.none',
      'unit.not-found',
      ...stepRefusals,
    ],
  },
});

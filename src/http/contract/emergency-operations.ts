/** Operations on possible emergencies in callers' words. */
import { workOrder } from './case.js';
import { json, under } from './operation.js';
import { shapeAsked, text } from './primitives.js';
import { workOrderParams } from './work-order.js';

export const emergencyOperations = under('工单', {
  settleEmergency: {
    request: 'POST /api/work-orders/{no}/emergency/settled',
    summary: '疑似警情已经转接，或者核实了不是；记入轨迹，提示消失',
    access: ['intake'],
    params: workOrderParams,
    body: shapeAsked('EmergencySettled', {
      note: text(500).describe('怎样处理的，例如“已转 119，回告来电人撤到楼外”；封存'),
    }),
    answers: { 200: json('处理以后的工单', workOrder) },
    refusals: ['case.not-found', 'emergency.none-waiting'],
  },
});

/** Work orders: accepting, reading, sending a message. */
import { trail, workOrder } from './case.js';
import { json, sheetReaders, stepRefusals, under, workers } from './operation.js';
import { callerSecret } from './progress.js';
import {
  message,
  request,
  requestHeaders,
  workOrderPage,
  workOrderParams,
  workOrderQuery,
} from './work-order.js';
import { cites, named, titlesIn } from './said-by-law.js';

const located = { Location: '工单的地址' } as const;

export const workOrderOperations = under('工单', {
  acceptRequest: {
    request: 'POST /api/work-orders',
    summary: `受理一件诉求，开立${named('sheet')}（${cites('acceptance')}、${cites('sheet')}）`,
    access: ['intake'],
    scopes: ['work-orders:accept'],
    headers: requestHeaders,
    body: request,
    answers: {
      201: {
        ...json('已受理', workOrder.extend({ callerSecret }).meta({ id: 'AcceptedWorkOrder' })),
        headers: located,
      },
      200: { ...json('同一幂等键此前已受理，未重复开单', workOrder), headers: located },
    },
    refusals: [
      'call.accepted',
      'upstream.accepted',
      'source.not-found',
      'calendar.invalid',
      'idempotency.mismatch',
      'classification.unknown',
      'task.closed',
      'task.not-found',
      'task.not-yours',
      'unit.not-found',
      ...stepRefusals,
    ],
  },
  listWorkOrders: {
    request: 'GET /api/work-orders',
    summary: '工单列表，新的在前',
    access: sheetReaders,
    scopes: ['work-orders:read', 'work-orders:all'],
    query: workOrderQuery,
    answers: { 200: json('一页工单', workOrderPage) },
  },
  readWorkOrder: {
    request: 'GET /api/work-orders/{no}',
    summary: '工单全貌：流转单、待办、期限及其理由、轨迹',
    access: sheetReaders,
    scopes: ['work-orders:read', 'work-orders:all'],
    params: workOrderParams,
    answers: { 200: json('工单', workOrder) },
    refusals: ['case.not-found'],
  },
  sendMessage: {
    request: 'POST /api/work-orders/{no}/messages',
    quiet: true,
    summary: `向工单发流程图在等的消息：${titlesIn('messages')}`,
    access: workers,
    params: workOrderParams,
    body: message,
    answers: { 200: json('消息送达后的工单', workOrder) },
    refusals: ['case.not-found', 'access.denied', 'unit.not-found', 'stimulus.not-waiting', ...stepRefusals],
  },
  readTrail: {
    request: 'GET /api/work-orders/{no}/trail',
    summary: '工单的轨迹与链的核验结果',
    access: sheetReaders,
    scopes: ['trail:read'],
    params: workOrderParams,
    answers: { 200: json('轨迹', trail) },
    refusals: ['case.not-found'],
  },
});

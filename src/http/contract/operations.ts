/** Every operation of the interface, in one table: the routes and the OpenAPI document are both made from it. */
import type { z } from 'zod';
import type { RefusalCode } from '../../kernel/index.js';
import { trail, workOrder } from './case.js';
import {
  definition,
  definitionDetail,
  definitionList,
  definitionParams,
  versionParams,
} from './definition.js';
import { anyObject, xml } from './primitives.js';
import { alive, ready, status } from './status.js';
import { completion, task, taskParams, worklist, worklistQuery } from './task.js';
import {
  message,
  request,
  requestHeaders,
  workOrderPage,
  workOrderParams,
  workOrderQuery,
} from './work-order.js';

export interface Answered {
  readonly description: string;
  readonly type: 'application/json' | 'application/xml';
  readonly schema: z.ZodType;
  /** Headers by name, with their description. */
  readonly headers?: { readonly [name: string]: string };
}

export interface Operation {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/api/work-orders/{no}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: { readonly [status: number]: Answered };
  /** Refusals beyond those that every operation may give. */
  readonly refusals: readonly RefusalCode[];
}

const json = <Schema extends z.ZodType>(description: string, schema: Schema) =>
  ({ description, type: 'application/json', schema }) as const;

const located = { Location: '工单的地址' } as const;

/** What stands in the way of a step of a process, whoever asks for it. */
const stepRefusals = [
  'definition.not-found',
  'expression.invalid',
  'flow.no-way-out',
  'flow.endless',
  'handler.unknown',
  'handler.failed',
  'timer.invalid',
  'calendar.invalid',
] as const satisfies readonly RefusalCode[];

export const operations = {
  acceptRequest: {
    method: 'post',
    path: '/api/work-orders',
    tag: '工单',
    summary: '受理一件诉求,开立工作流转单(第二十一条、第二十二条)',
    headers: requestHeaders,
    body: request,
    answers: {
      201: { ...json('已受理', workOrder), headers: located },
      200: { ...json('同一幂等键此前已受理,未重复开单', workOrder), headers: located },
    },
    refusals: ['idempotency.mismatch', ...stepRefusals],
  },
  listWorkOrders: {
    method: 'get',
    path: '/api/work-orders',
    tag: '工单',
    summary: '工单列表,新的在前',
    query: workOrderQuery,
    answers: { 200: json('一页工单', workOrderPage) },
    refusals: [],
  },
  readWorkOrder: {
    method: 'get',
    path: '/api/work-orders/{no}',
    tag: '工单',
    summary: '工单全貌:流转单、待办、期限及其理由、轨迹',
    params: workOrderParams,
    answers: { 200: json('工单', workOrder) },
    refusals: ['case.not-found'],
  },
  sendMessage: {
    method: 'post',
    path: '/api/work-orders/{no}/messages',
    tag: '工单',
    summary: '向工单发消息:申请延期、要求说明、交督办、问责线索等',
    params: workOrderParams,
    body: message,
    answers: { 200: json('消息送达后的工单', workOrder) },
    refusals: ['case.not-found', 'stimulus.not-waiting', ...stepRefusals],
  },
  readTrail: {
    method: 'get',
    path: '/api/work-orders/{no}/trail',
    tag: '工单',
    summary: '工单的轨迹与链的核验结果',
    params: workOrderParams,
    answers: { 200: json('轨迹', trail) },
    refusals: ['case.not-found'],
  },
  listTasks: {
    method: 'get',
    path: '/api/tasks',
    tag: '待办',
    summary: '待办列表,期限近的在前',
    query: worklistQuery,
    answers: { 200: json('一页待办', worklist) },
    refusals: [],
  },
  readTask: {
    method: 'get',
    path: '/api/tasks/{id}',
    tag: '待办',
    summary: '一项待办及其表单',
    params: taskParams,
    answers: { 200: json('待办', task) },
    refusals: ['task.not-found', 'task.closed'],
  },
  completeTask: {
    method: 'post',
    path: '/api/tasks/{id}/completion',
    tag: '待办',
    summary: '办结一项待办',
    params: taskParams,
    body: completion,
    answers: { 200: json('办结后的工单', workOrder) },
    refusals: ['task.not-found', 'task.closed', 'task.not-yours', ...stepRefusals],
  },
  listDefinitions: {
    method: 'get',
    path: '/api/definitions',
    tag: '流程定义',
    summary: '现行的流程定义',
    answers: { 200: json('流程定义', definitionList) },
    refusals: [],
  },
  readDefinition: {
    method: 'get',
    path: '/api/definitions/{key}',
    tag: '流程定义',
    summary: '一个流程定义及其各版本',
    params: definitionParams,
    answers: { 200: json('流程定义', definition) },
    refusals: ['definition.not-found'],
  },
  readDefinitionVersion: {
    method: 'get',
    path: '/api/definitions/{key}/versions/{version}',
    tag: '流程定义',
    summary: '一个版本:各环节、岗位与所依条款',
    params: versionParams,
    answers: { 200: json('流程定义版本', definitionDetail) },
    refusals: ['definition.not-found'],
  },
  readDiagram: {
    method: 'get',
    path: '/api/definitions/{key}/versions/{version}/diagram',
    tag: '流程定义',
    summary: '流程图原文(BPMN 2.0 XML),逐字节与部署时相同',
    params: versionParams,
    answers: { 200: { description: 'BPMN 2.0 XML', type: 'application/xml', schema: xml } },
    refusals: ['definition.not-found'],
  },
  readStatus: {
    method: 'get',
    path: '/api/status',
    tag: '运行',
    summary: '运行状况与各项计数',
    answers: { 200: json('运行状况', status) },
    refusals: [],
  },
  isAlive: {
    method: 'get',
    path: '/healthz',
    tag: '运行',
    summary: '程序是否在运行(不问数据库)',
    answers: { 200: json('在运行', alive) },
    refusals: [],
  },
  isReady: {
    method: 'get',
    path: '/readyz',
    tag: '运行',
    summary: '能否办事:数据库应答,数据结构齐备',
    answers: { 200: json('可以办事', ready) },
    refusals: ['database.unusable'],
  },
  readDocument: {
    method: 'get',
    path: '/openapi.json',
    tag: '运行',
    summary: '本文档(OpenAPI 3.1)',
    answers: { 200: json('OpenAPI 3.1 文档', anyObject) },
    refusals: [],
  },
} as const satisfies Record<string, Operation>;

export type Operations = typeof operations;
export type OperationId = keyof Operations;

/** Every operation of the interface, in one table: the routes and the OpenAPI document are both made from it. */
import type { z } from 'zod';
import type { Role } from '../../identity/index.js';
import type { RefusalCode } from '../../kernel/index.js';
import {
  calendarDays,
  comparison,
  comparisonQuery,
  daysQuery,
  dueAnswer,
  dueQuery,
  noticeList,
  noticeLoad,
  noticeLoaded,
  noticePreview,
  noticeRequest,
} from './calendar.js';
import { trail, workOrder } from './case.js';
import {
  definition,
  definitionDetail,
  definitionList,
  definitionParams,
  versionParams,
} from './definition.js';
import {
  newProposal,
  newRuling,
  policyDetail,
  policyList,
  policyParams,
  policyProposal,
  proposalParams,
} from './policy.js';
import { anyObject, eventStream, xml } from './primitives.js';
import {
  grantParams,
  newPerson,
  newUnit,
  oneTimePassword,
  person,
  personList,
  personParams,
  unit,
  unitList,
} from './people.js';
import {
  passwordChange,
  proof,
  secondFactorConfirmation,
  secondFactorOffer,
  session,
  signIn,
} from './session.js';
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
  readonly type: 'application/json' | 'application/xml' | 'text/event-stream';
  readonly schema: z.ZodType;
  /** Headers by name, with their description. */
  readonly headers?: { readonly [name: string]: string };
}

/** Who may: anyone at all, anyone with an account, or whoever holds one of the roles. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `/api/work-orders/{no}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  /** Only for whoever has proved within the last minutes who they are. */
  readonly recent?: true;
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

const cookie = { 'Set-Cookie': '会话的 cookie' } as const;

export const operations = {
  acceptRequest: {
    method: 'post',
    path: '/api/work-orders',
    tag: '工单',
    summary: '受理一件诉求,开立工作流转单(第二十一条、第二十二条)',
    access: 'anyone',
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
    access: 'anyone',
    query: workOrderQuery,
    answers: { 200: json('一页工单', workOrderPage) },
    refusals: [],
  },
  readWorkOrder: {
    method: 'get',
    path: '/api/work-orders/{no}',
    tag: '工单',
    summary: '工单全貌:流转单、待办、期限及其理由、轨迹',
    access: 'anyone',
    params: workOrderParams,
    answers: { 200: json('工单', workOrder) },
    refusals: ['case.not-found'],
  },
  sendMessage: {
    method: 'post',
    path: '/api/work-orders/{no}/messages',
    tag: '工单',
    summary: '向工单发消息:申请延期、要求说明、交督办、问责线索等',
    access: 'anyone',
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
    access: 'anyone',
    params: workOrderParams,
    answers: { 200: json('轨迹', trail) },
    refusals: ['case.not-found'],
  },
  listTasks: {
    method: 'get',
    path: '/api/tasks',
    tag: '待办',
    summary: '待办列表,期限近的在前',
    access: 'anyone',
    query: worklistQuery,
    answers: { 200: json('一页待办', worklist) },
    refusals: [],
  },
  readTask: {
    method: 'get',
    path: '/api/tasks/{id}',
    tag: '待办',
    summary: '一项待办及其表单',
    access: 'anyone',
    params: taskParams,
    answers: { 200: json('待办', task) },
    refusals: ['task.not-found', 'task.closed'],
  },
  completeTask: {
    method: 'post',
    path: '/api/tasks/{id}/completion',
    tag: '待办',
    summary: '办结一项待办',
    access: 'anyone',
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
    access: 'anyone',
    answers: { 200: json('流程定义', definitionList) },
    refusals: [],
  },
  readDefinition: {
    method: 'get',
    path: '/api/definitions/{key}',
    tag: '流程定义',
    summary: '一个流程定义及其各版本',
    access: 'anyone',
    params: definitionParams,
    answers: { 200: json('流程定义', definition) },
    refusals: ['definition.not-found'],
  },
  readDefinitionVersion: {
    method: 'get',
    path: '/api/definitions/{key}/versions/{version}',
    tag: '流程定义',
    summary: '一个版本:各环节、岗位与所依条款',
    access: 'anyone',
    params: versionParams,
    answers: { 200: json('流程定义版本', definitionDetail) },
    refusals: ['definition.not-found'],
  },
  readDiagram: {
    method: 'get',
    path: '/api/definitions/{key}/versions/{version}/diagram',
    tag: '流程定义',
    summary: '流程图原文(BPMN 2.0 XML),逐字节与部署时相同',
    access: 'anyone',
    params: versionParams,
    answers: { 200: { description: 'BPMN 2.0 XML', type: 'application/xml', schema: xml } },
    refusals: ['definition.not-found'],
  },
  readSession: {
    method: 'get',
    path: '/api/session',
    tag: '登录',
    summary: '谁在用,能办什么;没有登录的,取得登录要用的 csrf',
    access: 'anyone',
    answers: { 200: { ...json('会话', session), headers: cookie } },
    refusals: [],
  },
  signIn: {
    method: 'post',
    path: '/api/session',
    tag: '登录',
    summary: '登录',
    access: 'anyone',
    body: signIn,
    answers: { 200: { ...json('已登录', session), headers: cookie } },
    refusals: ['session.failed', 'session.held-up'],
  },
  signOut: {
    method: 'delete',
    path: '/api/session',
    tag: '登录',
    summary: '退出',
    access: 'anyone',
    answers: { 200: { ...json('已退出', session), headers: cookie } },
    refusals: [],
  },
  reauthenticate: {
    method: 'post',
    path: '/api/session/reauthentication',
    tag: '登录',
    summary: '再次验证身份,之后一段时间内可以发布、查看来电人资料、导出',
    access: 'signed-in',
    body: proof,
    answers: { 200: { ...json('已验证', session), headers: cookie } },
    refusals: ['session.failed', 'session.held-up'],
  },
  changePassword: {
    method: 'post',
    path: '/api/account/password',
    tag: '登录',
    summary: '改自己的口令;别处的会话随即结束',
    access: 'signed-in',
    body: passwordChange,
    answers: { 200: { ...json('已改', session), headers: cookie } },
    refusals: ['session.failed', 'session.held-up'],
  },
  offerSecondFactor: {
    method: 'get',
    path: '/api/account/second-factor',
    tag: '登录',
    summary: '取得动态口令的密钥,尚未启用',
    access: 'signed-in',
    recent: true,
    answers: { 200: json('密钥', secondFactorOffer) },
    refusals: [],
  },
  confirmSecondFactor: {
    method: 'post',
    path: '/api/account/second-factor',
    tag: '登录',
    summary: '以一个动态口令确认,启用动态口令',
    access: 'signed-in',
    recent: true,
    body: secondFactorConfirmation,
    answers: { 200: json('已启用', session) },
    refusals: ['session.failed'],
  },
  listUnits: {
    method: 'get',
    path: '/api/units',
    tag: '单位和人员',
    summary: '单位,上级在前',
    access: 'signed-in',
    answers: { 200: json('单位', unitList) },
    refusals: [],
  },
  addUnit: {
    method: 'post',
    path: '/api/units',
    tag: '单位和人员',
    summary: '增加一个单位',
    access: ['system-admin', 'security-admin'],
    body: newUnit,
    answers: { 201: json('已增加', unit) },
    refusals: ['unit.exists', 'unit.not-found'],
  },
  listPersons: {
    method: 'get',
    path: '/api/persons',
    tag: '单位和人员',
    summary: '帐号及其角色',
    access: ['system-admin', 'security-admin', 'audit-admin'],
    answers: { 200: json('帐号', personList) },
    refusals: [],
  },
  addPerson: {
    method: 'post',
    path: '/api/persons',
    tag: '单位和人员',
    summary: '开一个帐号,尚无角色',
    access: ['system-admin', 'security-admin'],
    body: newPerson,
    answers: { 201: json('已开,一次性口令交给本人', oneTimePassword) },
    refusals: ['person.exists', 'unit.not-found'],
  },
  grantRole: {
    method: 'put',
    path: '/api/persons/{login}/roles/{role}',
    tag: '单位和人员',
    summary: '授予一个角色;互斥的不授',
    access: ['security-admin'],
    params: grantParams,
    answers: { 200: json('授予后的帐号', person) },
    refusals: ['person.not-found', 'role.exclusive', 'role.own'],
  },
  revokeRole: {
    method: 'delete',
    path: '/api/persons/{login}/roles/{role}',
    tag: '单位和人员',
    summary: '收回一个角色;会话随即结束',
    access: ['security-admin'],
    params: grantParams,
    answers: { 200: json('收回后的帐号', person) },
    refusals: ['person.not-found'],
  },
  resetPassword: {
    method: 'post',
    path: '/api/persons/{login}/password-reset',
    tag: '单位和人员',
    summary: '重置口令,动态口令一并取消;会话随即结束',
    access: ['security-admin'],
    params: personParams,
    answers: { 200: json('一次性口令,交给本人', oneTimePassword) },
    refusals: ['person.not-found'],
  },
  closePerson: {
    method: 'post',
    path: '/api/persons/{login}/closure',
    tag: '单位和人员',
    summary: '停用一个帐号;会话随即结束',
    access: ['security-admin'],
    params: personParams,
    answers: { 200: json('停用后的帐号', person) },
    refusals: ['person.not-found'],
  },
  previewNotice: {
    method: 'post',
    path: '/api/calendar/notices/preview',
    tag: '工作日历',
    summary: '预览:载入这份安排会移动哪些期限、撤销哪些升级;没有任何变动',
    access: 'anyone',
    body: noticeRequest,
    answers: { 200: json('会变动什么', noticePreview) },
    refusals: ['calendar.invalid'],
  },
  loadNotice: {
    method: 'post',
    path: '/api/calendar/notices',
    tag: '工作日历',
    summary: '载入放假安排或本地规定;受影响的期限随后在后台重算',
    access: 'anyone',
    body: noticeLoad,
    answers: {
      202: json('已载入,正在重算', noticeLoaded),
      200: json('此前已经载入,没有变动', noticeLoaded),
    },
    refusals: ['calendar.invalid'],
  },
  listNotices: {
    method: 'get',
    path: '/api/calendar/notices',
    tag: '工作日历',
    summary: '日历的各个来源;运行中载入的,重算到哪里了',
    access: 'anyone',
    answers: { 200: json('来源', noticeList) },
    refusals: [],
  },
  readCalendarDays: {
    method: 'get',
    path: '/api/calendar/days',
    tag: '工作日历',
    summary: '每一天是不是工作日,依据是什么,是否暂定',
    access: 'anyone',
    query: daysQuery,
    answers: { 200: json('各日', calendarDays) },
    refusals: ['calendar.invalid'],
  },
  computeDue: {
    method: 'get',
    path: '/api/calendar/due',
    tag: '工作日历',
    summary: '若干个工作日的期限到哪一刻为止,逐日说明(第二十四条)',
    access: 'anyone',
    query: dueQuery,
    answers: { 200: json('期限', dueAnswer) },
    refusals: ['calendar.invalid'],
  },
  compareCalendarSources: {
    method: 'get',
    path: '/api/calendar/comparison',
    tag: '工作日历',
    summary: '逐日比对 chinese-workday 与放假安排,列出说法不一的日子',
    access: 'anyone',
    query: comparisonQuery,
    answers: { 200: json('比对', comparison) },
    refusals: ['calendar.invalid'],
  },
  listPolicies: {
    method: 'get',
    path: '/api/policies',
    tag: '政策',
    summary: '现行的政策:法未写明、由有权机关决定的值',
    access: 'anyone',
    answers: { 200: json('政策', policyList) },
    refusals: [],
  },
  readPolicy: {
    method: 'get',
    path: '/api/policies/{key}',
    tag: '政策',
    summary: '一项政策及历次提案',
    access: 'anyone',
    params: policyParams,
    answers: { 200: json('政策', policyDetail) },
    refusals: ['policy.not-found'],
  },
  proposePolicy: {
    method: 'post',
    path: '/api/policies/{key}/proposals',
    tag: '政策',
    summary: '提出改变一项政策;由他人批准后自生效日起适用于其后开始的工单',
    access: 'anyone',
    params: policyParams,
    body: newProposal,
    answers: { 201: json('提案', policyProposal) },
    refusals: ['policy.not-found', 'policy.invalid', 'calendar.invalid'],
  },
  rulePolicy: {
    method: 'post',
    path: '/api/policy-proposals/{id}/ruling',
    tag: '政策',
    summary: '批准、否决或者撤回一项提案',
    access: 'anyone',
    params: proposalParams,
    body: newRuling,
    answers: { 200: json('提案', policyProposal) },
    refusals: ['policy.not-found', 'policy.invalid', 'policy.not-yours', 'policy.settled'],
  },
  watchChanges: {
    method: 'get',
    path: '/api/events',
    tag: '运行',
    summary: '事件流(server-sent events):changed 哪些工单有了变化,clock 程序的时间;连着不断',
    access: 'anyone',
    answers: {
      200: {
        description: 'changed 的 data 为 JSON:工单编号的数组,或 null(变化太多,重新读取);clock 的 data 为此刻',
        type: 'text/event-stream',
        schema: eventStream,
      },
    },
    refusals: [],
  },
  readStatus: {
    method: 'get',
    path: '/api/status',
    tag: '运行',
    summary: '运行状况与各项计数',
    access: 'anyone',
    answers: { 200: json('运行状况', status) },
    refusals: [],
  },
  isAlive: {
    method: 'get',
    path: '/healthz',
    tag: '运行',
    summary: '程序是否在运行(不问数据库)',
    access: 'anyone',
    answers: { 200: json('在运行', alive) },
    refusals: [],
  },
  isReady: {
    method: 'get',
    path: '/readyz',
    tag: '运行',
    summary: '能否办事:数据库应答,数据结构齐备',
    access: 'anyone',
    answers: { 200: json('可以办事', ready) },
    refusals: ['database.unusable'],
  },
  readDocument: {
    method: 'get',
    path: '/openapi.json',
    tag: '运行',
    summary: '本文档(OpenAPI 3.1)',
    access: 'anyone',
    answers: { 200: json('OpenAPI 3.1 文档', anyObject) },
    refusals: [],
  },
} as const satisfies Record<string, Operation>;

export type Operations = typeof operations;
export type OperationId = keyof Operations;

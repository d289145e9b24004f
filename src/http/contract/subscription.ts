/** Subscriptions of other systems, and the events sent to them. */
import { z } from 'zod';
import {
  eventTitles,
  eventTypes,
  partOfEvent,
  type EventType,
} from '../../channel/notification/event-types/index.js';
import { where } from './said-by-law.js';
import { json, under } from './operation.js';
import {
  instant,
  instantWritten,
  level,
  numbered,
  shape,
  shapeAsked,
  text,
  workOrderNo,
} from './primitives.js';

function saidOf(type: EventType): string {
  const [part, said] = [partOfEvent(type), `\`${type}\` ${eventTitles[type]}；`];
  return part === undefined ? said : where(part, said);
}

export const eventType = z.enum(eventTypes).describe(`事件的类型：${eventTypes.map(saidOf).join('')}`);

const subscription = shape('EventSubscription', {
  id: z.number().int(),
  system: z.number().int(),
  systemName: z.string(),
  address: z.string(),
  types: z.array(eventType),
  unit: z.string().nullable().describe('只发哪个单位（及下级单位）的工单的事件；null 不限'),
  createdAt: instant,
  createdBy: z.string(),
  closedAt: instant.nullable().describe('停用的时刻；系统停用的，订阅随之停用'),
  closedBy: z.string().nullable(),
  previousUntil: instant.nullable().describe('换密钥后，到何时为止同时用原来的密钥签名'),
  deliveredAt: instant.nullable().describe('最近一次送到，精确到分'),
  failingSince: instant.nullable().describe('从何时起一直送不到；送得到的为 null'),
  failure: z.string().nullable().describe('最后一次为什么没有送到'),
});

const subscriptionList = shape('EventSubscriptionList', {
  items: z.array(subscription).describe('在用的在前'),
  types: z.array(z.object({ id: eventType, title: z.string() })).describe('可以订阅的类型'),
  failureDays: z.number().int().describe('一直送不到，满几天自动停用'),
});

const newSubscription = shapeAsked('NewEventSubscription', {
  address: text(500).meta({ description: '接收事件的网址', example: 'https://example.gov.cn/events' }),
  types: z.array(eventType).min(1).max(eventTypes.length),
  unit: text(100).optional().describe('不填：系统所属单位及下级单位的；不属于单位的，不限'),
});

const withSecret = shape('EventSubscriptionWithSecret', {
  ...subscription.shape,
  secret: z.string().describe('Standard Webhooks 的签名密钥（whsec_），只在这里出现一次'),
});

/** CloudEvents, structured mode. */
export const sheetEvent = shape('SheetEvent', {
  specversion: z.literal('1.0'),
  id: z.string().describe('由工单编号和轨迹条目得出，每次重发都相同，凭它去重'),
  source: z.literal('/hotline'),
  type: eventType,
  subject: workOrderNo,
  time: instantWritten.describe('法定时刻'),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({
    workOrder: workOrderNo,
    entry: z.number().int().describe('工单轨迹的第几条；先后以它为准，不以到达的先后为准'),
    process: z.string().nullable().meta({ description: '流程', example: 'handling' }),
    element: z.string().meta({ description: '流程图上的环节', example: 'End_A' }),
    level,
    unit: z.string().nullable().describe('生成事件时的承办单位；还没有转出的为 null'),
    withdraws: z.number().int().nullable().describe('撤回的是轨迹第几条给的级别'),
    redates: z
      .strictObject({
        entry: z.number().int().describe('更正的是轨迹第几条给的级别'),
        from: instantWritten.describe('原来的时刻'),
        to: instantWritten.describe('更正后的时刻'),
      })
      .optional()
      .describe('只有 `level.redated` 有'),
    link: z.string().meta({ description: '工单', example: '/api/work-orders/20261124-000001' }),
  }),
});

/** An early warning; not about a single sheet. */
export const warningEvent = shape('WarningEvent', {
  ...sheetEvent.shape,
  type: z.literal('cn.hotline12345.warning.raised'),
  subject: z.string().meta({ example: 'warnings/12' }),
  data: z.strictObject({
    warning: z.number().int(),
    sort: z.enum(['rise', 'burst', 'repeat-caller', 'repeat-place', 'repeat-spot']),
    district: z.string().describe('区县；空：没有写明'),
    matter: z.string().describe('突发情况或者分类的名称'),
    observed: z.number().int(),
    since: instantWritten,
    link: z.string().meta({ example: '/api/warnings/12' }),
  }),
});

/** Standard Webhooks. */
export const eventHeaders = z.object({
  'webhook-id': z.string().describe('与事件的 id 相同'),
  'webhook-timestamp': z.string().describe('发出的时刻，Unix 秒'),
  'webhook-signature': z.string().describe('v1,Base64；换密钥期间有两个，以空格隔开'),
});

export const subscriptionOperations = under('其他系统', {
  listSubscriptions: {
    request: 'GET /api/subscriptions',
    summary: '其他系统的事件订阅；密钥不显示',
    access: ['security-admin', 'system-admin', 'audit-admin'],
    answers: { 200: json('订阅', subscriptionList) },
  },
  addSubscription: {
    request: 'POST /api/systems/{id}/subscriptions',
    summary: '替一个系统订阅事件，密钥只在答复里出现一次',
    access: ['security-admin'],
    recent: true,
    params: numbered,
    body: newSubscription,
    answers: { 201: json('已订阅', withSecret) },
    refusals: ['system.not-found', 'unit.not-found', 'subscription.exists'],
  },
  closeSubscription: {
    request: 'POST /api/subscriptions/{id}/closure',
    summary: '停用一个订阅：不再发，等着重发的也不发了',
    access: ['security-admin'],
    params: numbered,
    answers: { 200: json('停用后的订阅', subscription) },
    refusals: ['subscription.not-found'],
  },
  changeSubscription: {
    request: 'PUT /api/subscriptions/{id}',
    summary: '改一个订阅的网址、类型、单位；密钥不变，等着重发的改发新的网址',
    access: ['security-admin'],
    recent: true,
    params: numbered,
    body: newSubscription,
    answers: { 200: json('改后的订阅', subscription) },
    refusals: ['subscription.not-found', 'subscription.exists', 'system.not-found', 'unit.not-found'],
  },
  testSubscription: {
    request: 'POST /api/subscriptions/{id}/test',
    quiet: true,
    summary: '立即发一个测试事件，记入轨迹',
    access: ['security-admin'],
    params: numbered,
    answers: {
      200: json(
        '结果',
        shape('SubscriptionTest', {
          arrived: z.boolean(),
          failure: z.string().nullable().describe('为什么没有送到'),
        }),
      ),
    },
    refusals: ['subscription.not-found'],
  },
  rotateSubscriptionSecret: {
    request: 'POST /api/subscriptions/{id}/secret-rotation',
    summary: '换签名密钥；此后一天之内新旧两个密钥都签名',
    access: ['security-admin'],
    recent: true,
    params: numbered,
    answers: { 201: json('新的密钥', withSecret) },
    refusals: ['subscription.not-found'],
  },
});

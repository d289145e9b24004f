/** Inboxes, and channels for outgoing notifications. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import {
  counted,
  cursorPage,
  cursorQuery,
  instant,
  level,
  mostCounted,
  provision,
  shape,
  shapeAsked,
  text,
  workOrderNo,
} from './primitives.js';

const recipient = text(120).meta({
  description: '收件者：unit：单位名、role：岗位代码、person：姓名',
  example: 'unit：某水务局',
});

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const notification = shape('Notification', {
  id: z.number().int(),
  workOrder: workOrderNo.nullable().describe('哪一件工单；与工单无关的为 null'),
  draft: z.number().int().nullable().describe('哪一个流程草案；与草案无关的为 null'),
  amendment: z.number().int().nullable().describe('条例的第几项修改；与修改无关的为 null'),
  recipient,
  level: level.describe('所到的级别；null 是新的待办'),
  title: z.string(),
  text: z.string(),
  article: provision.nullable(),
  at: instant.describe('所通知的事的法定时刻'),
  recordedAt: instant.describe('写入收件箱的时刻'),
  readAt: instant.nullable(),
  readBy: z.string().nullable(),
});

const inbox = shape('Inbox', {
  ...cursorPage(notification).shape,
  ...counted,
  unread: z.number().int().describe(`其中未读的条数；至多数到 ${mostCounted}`),
  unreadOrMore: z.boolean(),
  groups: z
    .array(z.object({ title: z.string(), unread: z.number().int() }))
    .describe('整个收件箱里未读的按标题归组，多的在前'),
});

const inboxQuery = z.strictObject({
  recipient,
  unread: z.enum(['true', 'false']).default('false').describe('true：只列未读'),
  title: text(200).optional().meta({ description: '只列这个标题的', example: '待办：签收工单' }),
  ...cursorQuery,
});

const readingOfMany = shapeAsked('ReadingOfMany', {
  recipient,
  title: text(200).optional().describe('只记这个标题的；不填是整个收件箱'),
  upTo: id.describe('看到的最新一条的编号：其后到的仍是未读'),
});

const notificationParams = z.strictObject({ id });

const channel = shape('NotificationChannel', {
  id: z.number().int(),
  recipient,
  recipientName: column('收件者', 'text', z.string()).meta({
    description: '收件者的名称',
    example: '受理人员',
  }),
  kind: column('方式', 'text', z.enum(['webhook', 'email']), { words: { webhook: '网址', email: '邮件' } }),
  address: column('地址', 'person', z.string()),
  createdAt: column('设立', 'text', instant),
  createdBy: z.string(),
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
});

const channels = shape('NotificationChannels', { items: z.array(channel) });

const channelRequest = shapeAsked('NotificationChannelRequest', {
  recipient,
  kind: z.enum(['webhook', 'email']),
  address: text(500).meta({ description: '网址或邮件地址', example: 'https://example.gov.cn/hook' }),
  secret: text(120)
    .optional()
    .describe('webhook 的签名密钥（Standard Webhooks:whsec_ 加 Base64）；不填由系统生成'),
});

const newChannel = shape('NewNotificationChannel', {
  ...channel.shape,
  secret: z.string().nullable().describe('签名密钥，只在这里出现一次；邮件没有'),
});

export const notificationOperations = under('通知', {
  readInbox: {
    request: 'GET /api/notifications',
    summary: '一个收件箱，新的在前',
    access: 'signed-in',
    because: '只读本单位、本岗位和本人的',
    query: inboxQuery,
    answers: { 200: json('一页通知', inbox) },
    refusals: ['access.denied'],
  },
  markNotificationRead: {
    request: 'POST /api/notifications/{id}/read',
    quiet: true,
    summary: '记为已读；已经读过的不变',
    access: 'signed-in',
    because: '只记本单位、本岗位和本人的',
    params: notificationParams,
    answers: { 200: json('通知', notification) },
    refusals: ['notification.not-found'],
  },
  markNotificationsRead: {
    request: 'POST /api/notifications/read',
    quiet: true,
    summary: '把一个收件箱的未读通知一次记为已读，或者只记一个标题的',
    access: 'signed-in',
    because: '只记本单位、本岗位和本人的',
    body: readingOfMany,
    answers: { 200: json('记了多少条', shape('MarkedAsRead', { marked: z.number().int() })) },
    refusals: ['access.denied'],
  },
  listChannels: {
    request: 'GET /api/notification-channels',
    summary: '对外通知渠道，在用的在前；密钥不显示',
    access: ['system-admin'],
    answers: { 200: json('渠道', channels) },
  },
  addChannel: {
    request: 'POST /api/notification-channels',
    summary: '设一个对外通知渠道，记入轨迹；密钥只在答复里出现一次',
    access: ['system-admin'],
    body: channelRequest,
    answers: { 201: json('已设', newChannel) },
    refusals: ['channel.exists'],
  },
  endChannel: {
    request: 'POST /api/notification-channels/{id}/end',
    summary: '停用一个渠道，记入轨迹',
    access: ['system-admin'],
    params: notificationParams,
    answers: { 200: json('已停用', channel) },
    refusals: ['channel.not-found'],
  },
  testChannel: {
    request: 'POST /api/notification-channels/{id}/test',
    quiet: true,
    summary: '立即从一个渠道发一条测试消息，记入轨迹',
    access: ['system-admin'],
    params: notificationParams,
    answers: {
      200: json(
        '结果',
        shape('ChannelTest', {
          arrived: z.boolean(),
          failure: z.string().nullable().describe('为什么没有送到'),
        }),
      ),
    },
    refusals: ['channel.not-found'],
  },
});

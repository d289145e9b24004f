/** Inboxes, and the channels by which notifications leave the house. */
import { z } from 'zod';
import { instant, level, pageOf, pageQuery, provision, text, workOrderNo } from './primitives.js';

const recipient = text(120).meta({
  description: '收件者:unit:单位名、role:岗位代码、person:姓名',
  example: 'unit:某水务局',
});

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const notification = z
  .object({
    id: z.number().int(),
    workOrder: workOrderNo,
    recipient,
    level: level.meta({ description: '所到的级别;null 是新的待办' }),
    title: z.string(),
    text: z.string(),
    article: provision.nullable(),
    at: instant.meta({ description: '所通知的事的法定时刻' }),
    recordedAt: instant.meta({ description: '写入收件箱的时刻' }),
    readAt: instant.nullable(),
    readBy: z.string().nullable(),
  })
  .meta({ id: 'Notification' });

export const inbox = z
  .object({ ...pageOf(notification).shape, unread: z.number().int().meta({ description: '未读条数' }) })
  .meta({ id: 'Inbox' });

export const inboxQuery = z.strictObject({
  recipient,
  unread: z.enum(['true', 'false']).default('false').meta({ description: 'true:只列未读' }),
  ...pageQuery,
});

export const notificationParams = z.strictObject({ id });

export const channel = z
  .object({
    id: z.number().int(),
    recipient,
    kind: z.enum(['webhook', 'email']),
    address: z.string(),
    createdAt: instant,
    createdBy: z.string(),
    endedAt: instant.nullable(),
    endedBy: z.string().nullable(),
  })
  .meta({ id: 'NotificationChannel' });

export const channels = z.object({ items: z.array(channel) }).meta({ id: 'NotificationChannels' });

export const channelRequest = z
  .strictObject({
    recipient,
    kind: z.enum(['webhook', 'email']),
    address: text(500).meta({ description: '网址或邮件地址', example: 'https://example.gov.cn/hook' }),
    secret: text(120)
      .optional()
      .meta({ description: 'webhook 的签名密钥(Standard Webhooks:whsec_ 加 Base64);不填由系统生成' }),
  })
  .meta({ id: 'NotificationChannelRequest' });

export const newChannel = z
  .object({
    ...channel.shape,
    secret: z.string().nullable().meta({ description: '签名密钥,只在这里出现一次;邮件没有' }),
  })
  .meta({ id: 'NewNotificationChannel' });

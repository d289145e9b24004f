/** Notification channels, and subscriptions of other systems. */
import { z } from 'zod';
import { actor, count, event, flag, text, texts } from './event.js';

// Records only the host of an address: the rest may hold a person's name or a token.
const host = text.describe('网址、邮件地址的主机');
const arrived = flag.describe('送到没有');
const channel = {
  actor,
  channel: count.describe('渠道的编号'),
  recipient: text.describe('谁的'),
  kind: z.enum(['webhook', 'email']),
  host,
};
const subscription = {
  actor,
  of: text.describe('其他系统的名称'),
  subscription: count.describe('订阅的编号'),
  types: texts.describe('订阅的事件'),
  unit: text.nullable().describe('只要哪个单位的'),
  host,
};

export const notifications = {
  'channel.added': event('新设通知渠道', channel),
  'channel.ended': event('停用通知渠道', channel),
  'channel.tested': event('测试通知渠道', { ...channel, arrived }),
  'subscription.added': event('订阅事件', subscription),
  'subscription.changed': event('改事件订阅', subscription),
  'subscription.closed': event('停用事件订阅', subscription),
  'subscription.given-up': event('事件一直送不到，自动停用订阅', subscription),
  'subscription.secret-replaced': event('换事件的签名密钥', subscription),
  'subscription.tested': event('发测试事件', { ...subscription, arrived }),
} as const;

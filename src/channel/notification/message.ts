/** An outgoing notification. It contains neither the caller nor the matter. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { cloudEvent, type Message } from '../outbox/index.js';
import type { Notification } from './store/notification-store.js';
import { hotlineName, type Law } from '../../kernel/law.js';

export function messageOf(notification: Notification): Message {
  const { workOrder, draft, amendment, recipient, level, title, text, article, at, recordedAt } =
    notification;
  const id = `ntf_${notification.id}`;
  return {
    id,
    title,
    text,
    event: JSON.stringify(
      cloudEvent({
        ...{ id, type: typeOf(notification), subject: workOrder ?? undefined, at },
        data: {
          ...{ workOrder, draft, amendment, recipient, level, title, text, article },
          recordedAt: toShanghaiIso(recordedAt),
        },
      }),
    ),
  };
}

function typeOf({ workOrder, draft, amendment, level, byCaller, emergency }: Notification): string {
  if (draft !== null) return 'hotline.draft.acted';
  if (amendment !== null) return 'hotline.amendment.acted';
  if (workOrder === null) return 'hotline.subscription.given-up';
  if (byCaller) return 'hotline.caller.acted';
  if (emergency) return 'hotline.emergency.suspected';
  return level === null ? 'hotline.task.opened' : 'hotline.level.reached';
}

export function testEvent(subscription: number, at: Date): Message {
  const id = `test_${subscription}_${at.getTime()}`;
  return {
    ...{ id, title: '', text: '' },
    event: JSON.stringify({
      specversion: '1.0',
      id,
      source: '/hotline',
      type: 'cn.hotline12345.subscription.tested',
      time: toShanghaiIso(at),
    }),
  };
}

export function testMessage(channel: number, at: Date, law: Law): Message {
  const id = `test_${channel}_${at.getTime()}`;
  const title = '测试消息';
  const text = `${hotlineName(law)}的通知渠道 ${channel} 通了。这是一条测试消息，不必处理。`;
  return {
    id,
    title,
    text,
    event: JSON.stringify(
      cloudEvent({ id, type: 'hotline.channel.tested', subject: undefined, at, data: { title, text } }),
    ),
  };
}

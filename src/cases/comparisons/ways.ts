/** Where notifications and events go, against the stream `notifications`. */
import { comparedWays, wayTables } from '../../channel/notification/index.js';
import { say } from './gathered.js';
import { onOneStream } from './one-stream.js';

export const waysComparison = onOneStream({
  stream: 'notifications',
  tables: wayTables,
  takes: (type) => type.startsWith('channel.') || type.startsWith('subscription.'),
  rows: comparedWays,
  add: ({ notification_channel: channels, event_subscription: subscriptions }, entry) => {
    switch (entry.type) {
      case 'channel.added':
      case 'channel.ended': {
        const { channel, recipient, kind, host } = entry.body;
        const used = entry.type === 'channel.added' ? '是' : '否';
        say(channels, String(channel), { 谁的: recipient, 种类: kind, 主机: host, 在用: used }, entry);
        break;
      }
      case 'subscription.added':
      case 'subscription.changed':
      case 'subscription.closed':
      case 'subscription.given-up': {
        const { subscription, of, types, unit, host } = entry.body;
        const used =
          entry.type === 'subscription.added' || entry.type === 'subscription.changed' ? '是' : '否';
        const facts = { 系统: of, 事件: types.join(' '), 单位: unit, 主机: host, 在用: used };
        say(subscriptions, String(subscription), facts, entry);
        break;
      }
      default:
    }
  },
});

/** Projects notification channels and subscriptions from the stream `notifications`. */
import { from, hostOf, projector, puts, same, type Placed } from '../../accountability/index.js';

const inUse = (ended: 'ended_at' | 'closed_at') =>
  from<{ [At in typeof ended]: Date | null }>('在用', [ended], ({ [ended]: at }) => at === null);

const way = (used: boolean) => (entry: Placed<'channel.added' | 'channel.ended'>) => {
  const { channel: id, recipient, kind, host } = entry.body;
  return puts({ id, recipient, kind, host, used });
};

export const wayProjector = projector({
  table: 'notification_channel',
  stands: { stream: 'notifications' },
  key: ['id'],
  columns: {
    id: same('渠道'),
    recipient: same('谁的'),
    kind: same('种类'),
    host: hostOf('主机', 'address'),
    used: inUse('ended_at'),
  },
  project: { 'channel.added': way(true), 'channel.ended': way(false) },
});

const subscription =
  (used: boolean) => (entry: Placed<`subscription.${'added' | 'changed' | 'closed' | 'given-up'}`>) => {
    const { subscription: id, of, types, unit, host } = entry.body;
    return puts({ id, of, types, unit, host, used });
  };

export const subscriptionProjector = projector({
  table: 'event_subscription',
  source: `(SELECT s.id, y.name AS of, s.types, u.name AS unit, s.address, s.closed_at
              FROM event_subscription s JOIN system_overview y ON y.id = s.system
              LEFT JOIN unit_overview u ON u.id = s.unit)`,
  stands: { stream: 'notifications' },
  key: ['id'],
  columns: {
    id: same('订阅'),
    of: same('系统'),
    types: same('事件'),
    unit: same('单位'),
    host: hostOf('主机', 'address'),
    used: inUse('closed_at'),
  },
  project: {
    'subscription.added': subscription(true),
    'subscription.changed': subscription(true),
    'subscription.closed': subscription(false),
    'subscription.given-up': subscription(false),
  },
});

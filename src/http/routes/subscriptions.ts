import { toShanghaiIso } from '../../kernel/civil-date.js';
import { eventTitles, eventTypes, failureDays, type Subscription } from '../../channel/notification/index.js';
import type { subscriptionOperations } from '../contract/subscription.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function subscriptionHandlers({
  subscriptions,
}: Pick<HttpDeps, 'subscriptions'>): Pick<Handlers, keyof typeof subscriptionOperations> {
  return {
    listSubscriptions: async () => ({
      status: 200,
      body: {
        items: (await subscriptions.list()).map(subscriptionView),
        types: eventTypes.map((id) => ({ id, title: eventTitles[id] })),
        failureDays,
      },
    }),
    addSubscription: async ({ viewer, params: { id: system }, body }) => {
      const { subscription, secret } = await subscriptions.add({ system, ...body }, viewer.actor);
      return { status: 201, body: { ...subscriptionView(subscription), secret } };
    },
    closeSubscription: async ({ viewer, params: { id } }) => ({
      status: 200,
      body: subscriptionView(await subscriptions.close(id, viewer.actor)),
    }),
    changeSubscription: async ({ viewer, params: { id }, body }) => ({
      status: 200,
      body: subscriptionView(await subscriptions.change(id, body, viewer.actor)),
    }),
    testSubscription: async ({ viewer, params: { id } }) => {
      const failure = await subscriptions.test(id, viewer.actor);
      return { status: 200, body: { arrived: failure === undefined, failure: failure ?? null } };
    },
    rotateSubscriptionSecret: async ({ viewer, params: { id } }) => {
      const { subscription, secret } = await subscriptions.rotateSecret(id, viewer.actor);
      return { status: 201, body: { ...subscriptionView(subscription), secret } };
    },
  };
}

const subscriptionView = ({
  types,
  createdAt,
  closedAt,
  previousUntil,
  deliveredAt,
  failingSince,
  ...rest
}: Subscription) => ({
  ...rest,
  types: [...types],
  createdAt: toShanghaiIso(createdAt),
  closedAt: closedAt && toShanghaiIso(closedAt),
  previousUntil: previousUntil && toShanghaiIso(previousUntil),
  deliveredAt: deliveredAt && toShanghaiIso(deliveredAt),
  failingSince: failingSince && toShanghaiIso(failingSince),
});

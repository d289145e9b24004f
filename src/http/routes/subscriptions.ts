import { toShanghaiIso } from '../../calendar/index.js';
import { eventTitles, eventTypes, type Subscription } from '../../notification/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function subscriptionHandlers({
  subscriptions,
}: Pick<HttpDeps, 'subscriptions'>): Pick<
  Handlers,
  'listSubscriptions' | 'addSubscription' | 'closeSubscription' | 'rotateSubscriptionSecret'
> {
  return {
    listSubscriptions: async () => ({
      status: 200,
      body: {
        items: (await subscriptions.list()).map(subscriptionView),
        types: eventTypes.map((id) => ({ id, title: eventTitles[id] })),
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
    rotateSubscriptionSecret: async ({ viewer, params: { id } }) => {
      const { subscription, secret } = await subscriptions.rotateSecret(id, viewer.actor);
      return { status: 201, body: { ...subscriptionView(subscription), secret } };
    },
  };
}

const subscriptionView = ({ types, createdAt, closedAt, previousUntil, ...rest }: Subscription) => ({
  ...rest,
  types: [...types],
  createdAt: toShanghaiIso(createdAt),
  closedAt: closedAt && toShanghaiIso(closedAt),
  previousUntil: previousUntil && toShanghaiIso(previousUntil),
});

import { eventTitles, eventTypes, failureDays, partOfEvent } from '../../channel/notification/index.js';
import { hasPart } from '../../kernel/law.js';
import type { subscriptionOperations } from '../contract/subscription.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function subscriptionHandlers({
  laws,
  subscriptions,
}: Pick<HttpDeps, 'laws' | 'subscriptions'>): Pick<Handlers, keyof typeof subscriptionOperations> {
  return {
    listSubscriptions: async () => ({
      items: await subscriptions.list(),
      types: eventTypes
        .filter((id) => {
          const part = partOfEvent(id);
          return part === undefined || hasPart(part, laws.today());
        })
        .map((id) => ({ id, title: eventTitles[id] })),
      failureDays,
    }),
    addSubscription: async ({ viewer, params: { id: system }, body }) => {
      const { subscription, secret } = await subscriptions.add({ system, ...body }, viewer.actor);
      return { ...subscription, secret };
    },
    closeSubscription: async ({ viewer, params: { id } }) => await subscriptions.close(id, viewer.actor),
    changeSubscription: async ({ viewer, params: { id }, body }) =>
      await subscriptions.change(id, body, viewer.actor),
    testSubscription: async ({ viewer, params: { id } }) => {
      const failure = await subscriptions.test(id, viewer.actor);
      return { arrived: failure === undefined, failure: failure ?? null };
    },
    rotateSubscriptionSecret: async ({ viewer, params: { id } }) => {
      const { subscription, secret } = await subscriptions.rotateSecret(id, viewer.actor);
      return { ...subscription, secret };
    },
  };
}

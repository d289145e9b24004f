/** Sends events to subscribers. */
import { z } from 'zod';
import type { Transaction } from '../../platform/database/index.js';
import { carry, defineSending, put, sender, webhook, type Sender, type OutboxDeps } from '../outbox/index.js';
import type { EventType } from './event-types/index.js';
import { findSubscription, type Wanted } from './store/subscription-store.js';
import { secretsOf, type Subscriptions } from './subscriptions.js';

/** The outbox holds the whole event; an event contains no personal data. */
const kind = defineSending(
  'notification.event',
  z.object({ subscription: z.int(), event: z.looseObject({ id: z.string(), type: z.string() }) }),
  { title: '发出事件', to: '致系统 ' },
);

interface OutgoingEvent {
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
}

interface Addressees {
  /** Units of the sheet; only they and the units above them receive the event. */
  readonly partiesOf: (workOrder: string) => readonly string[];
  /** Units that are recused from the sheet; whoever is bound by one of them receives nothing. */
  readonly barredFrom: (workOrder: string) => readonly string[];
  /** Of a unit and the units above it, returns those whose recusal binds it. */
  readonly boundBy: (above: Wanted['above']) => readonly string[];
}

export function sendEvents(
  transaction: Transaction,
  events: readonly OutgoingEvent[],
  wanted: readonly Wanted[],
  { partiesOf, barredFrom, boundBy }: Addressees,
  at: Date,
): Promise<void> {
  const items = wanted.flatMap(({ subscription, system, types, units, above }) =>
    events
      .filter(({ type }) => types.includes(type))
      .filter(({ subject }) => units === null || partiesOf(subject).some((party) => units.includes(party)))
      .filter(({ subject }) => !boundBy(above).some((unit) => barredFrom(subject).includes(unit)))
      .map((one) => ({
        ...{ key: `${subscription} ${one.id}`, recipient: system, occasion: `${one.type} ${one.subject}` },
        about: { subscription, event: { ...one } },
      })),
  );
  return put(transaction, kind, items, { at });
}

export const eventSender = (
  deps: OutboxDeps & { readonly subscriptions: Pick<Subscriptions, 'noted'> },
): Sender =>
  sender(deps, {
    kind,
    prepare: async ({ about: { subscription, event } }) => {
      const { database, vault, clock, subscriptions } = deps;
      const found = await database.transaction((transaction) => findSubscription(transaction, subscription));
      if (!found) return { dropped: '订阅或者系统已经停用' };
      const to = webhook(found.address, ...secretsOf(found, vault, clock.now()));
      const message = { id: event.id, title: event.type, text: '', event: JSON.stringify(event) };
      return {
        carry: (signal) => carry(deps, to, message, signal),
        noted: async (transaction, _item, result, note) => {
          await note();
          await subscriptions.noted(transaction, subscription, 'why' in result ? result.why : undefined);
        },
      };
    },
  });

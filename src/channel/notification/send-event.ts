/** Sends one event to one subscriber, with retries. */
import { z } from 'zod';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { longestWait } from './deliver.js';
import type { EventType } from './event-types/index.js';
import type { OutgoingSettings } from './settings.js';
import { findSubscription, type Wanted } from './store/subscription-store.js';
import { secretsOf, type SecretBox, type Subscriptions } from './subscriptions.js';
import { postWebhook } from './webhook.js';

/** The whole event is in the queue; it contains no personal data. */
const event = z.looseObject({ id: z.string(), type: z.string(), subject: z.string() });

const eventJob = defineJob(
  'notification.event',
  z.object({ subscription: z.int(), system: z.string(), event }),
  {
    title: '发出事件',
    attempts: 12,
    subject: ({ system, event: { type, subject } }) => `致系统 ${system}:${type} ${subject}`,
  },
);

interface OutgoingEvent {
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
}

interface Addressees {
  /** Units of the sheet: only they and their parents receive the event. */
  readonly partiesOf: (workOrder: string) => readonly string[];
  /** Units that must withdraw from the sheet: whoever is bound by one of them receives nothing. */
  readonly barredFrom: (workOrder: string) => readonly string[];
  /** Of a unit and those above it the ones by whose recusal it is bound. */
  readonly boundBy: (above: Wanted['above']) => readonly string[];
}

export function sendEvents(
  transaction: Transaction,
  events: readonly OutgoingEvent[],
  wanted: readonly Wanted[],
  { partiesOf, barredFrom, boundBy }: Addressees,
): void {
  const orders = wanted.flatMap(({ subscription, system, types, units, above }) =>
    events
      .filter(({ type }) => types.includes(type))
      .filter(({ subject }) => units === null || partiesOf(subject).some((party) => units.includes(party)))
      .filter(({ subject }) => !boundBy(above).some((unit) => barredFrom(subject).includes(unit)))
      .map((one) => ({
        payload: { subscription, system, event: { ...one } },
        key: `${eventJob.name} ${subscription} ${one.id}`,
      })),
  );
  addJobs(transaction, eventJob, orders);
}

export interface EventDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly outgoing: OutgoingSettings;
  readonly vault: SecretBox;
  readonly subscriptions: Pick<Subscriptions, 'health'>;
}

export function eventSendingJob({ database, clock, outgoing, vault, subscriptions }: EventDeps): Job {
  return handled(eventJob, async ({ subscription, event: sent }, { signal }) => {
    const endpoint = await database.transaction((transaction) => findSubscription(transaction, subscription));
    // Subscription or system closed meanwhile.
    if (!endpoint) return;
    const now = clock.now();
    const { health } = subscriptions;
    await postWebhook(
      { address: endpoint.address, secrets: secretsOf(endpoint, vault, now) },
      { id: sent.id, event: JSON.stringify(sent) },
      {
        now,
        privateAddresses: outgoing.privateAddresses,
        signal: AbortSignal.any([signal, AbortSignal.timeout(longestWait)]),
      },
    ).catch(async (error: unknown) => {
      await health.failed(subscription, error instanceof Error ? error.message : String(error));
      throw error;
    });
    await health.arrived(subscription);
  });
}

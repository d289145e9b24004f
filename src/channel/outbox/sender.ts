/** Sends outbox items until they arrive. Items are put there within the sender's transaction. */
import { addFailedJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Clock, Vault } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { Undeliverable } from './failure.js';
import { attempts, longestWait, type Receipt, type Result, type SendingKind } from './kind.js';
import type { OutgoingSettings } from './settings.js';
import { itemToSend, noteResult, type Item } from './store/outbox-store.js';

/** @param note writes the result into the row and returns its instant; undefined if the row had the result already */
type Noted<About> = (
  transaction: Transaction,
  item: Item<About>,
  result: Result,
  note: () => Promise<Date | undefined>,
) => Promise<void>;

interface Ready<About> {
  /** @throws {Error} in Chinese, without the address; {Undeliverable} if retrying is useless */
  readonly carry: (signal: AbortSignal) => Promise<Receipt>;
  readonly noted?: Noted<About>;
}

interface Sending<About> {
  readonly kind: SendingKind<About>;
  /** Prepares the item with the present address and settings. */
  readonly prepare: (item: Item<About>) => Promise<Ready<About> | { readonly dropped: string }>;
  /** Records the result elsewhere if something relies on it, in the same transaction. */
  readonly noted?: Noted<About>;
}

export interface Sender {
  readonly job: Job;
  /** Records that the item was accepted and then bounced. */
  readonly bounced: (id: number, why: string) => Promise<void>;
}

export interface OutboxDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly outgoing: OutgoingSettings;
}

/**
 * Delivers at least once: a program that dies between sending and recording sends again, under the
 * same number, by which the receiver recognises a duplicate. The result is recorded once.
 */
export function sender<About>(deps: OutboxDeps, sending: Sending<About>): Sender {
  const { database, clock, vault } = deps;
  const { kind } = sending;
  const find = (id: number) =>
    database.transaction((transaction) => itemToSend(transaction, vault, kind, id));
  const record = (item: Item<About>, result: Result, { noted = sending.noted }: Partial<Ready<About>> = {}) =>
    database.transaction(async (transaction) => {
      const at = clock.now();
      const note = async () => ((await noteResult(transaction, vault, item.id, result, at)) ? at : undefined);
      await (noted ? noted(transaction, item, result, note) : note());
      // The item is listed as failed, as after the last attempt, until somebody has it sent again.
      if (result.outcome === 'bounced' && !item.isSpent) {
        const { id, recipient, occasion } = item;
        addFailedJob(transaction, kind.job, { item: id, recipient, occasion }, result.why);
      }
    });
  return {
    job: handled(kind.job, async ({ item: id }, { attempt, signal }) => {
      const item = await find(id);
      if (!item || item.outcome === 'sent' || item.isSpent) return;
      const ready = await sending.prepare(item);
      if ('dropped' in ready) return record(item, { outcome: 'dropped', why: ready.dropped });
      let receipt: Receipt;
      try {
        receipt = await ready.carry(AbortSignal.any([signal, AbortSignal.timeout(longestWait)]));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (error instanceof Undeliverable) return record(item, { outcome: 'bounced', why }, ready);
        await record(item, { outcome: attempt >= attempts ? 'failed' : null, why }, ready);
        throw error;
      }
      await record(item, { outcome: 'sent', receipt }, ready);
    }),
    bounced: async (id, why) => {
      const item = await find(id);
      if (item?.outcome === 'sent') await record(item, { outcome: 'bounced', why });
    },
  };
}

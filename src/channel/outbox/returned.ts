/** A mail of ours that came back: whatever it was about has not arrived. */
import type { OutboxDeps, Sender } from './sender.js';
import { kindOfMailed } from './store/outbox-store.js';

/** What the report of a mail server says (RFC 3464). */
export interface ReturnedMail {
  /** Message-IDs of the mail that came back. */
  readonly ids: readonly string[];
  /** Addresses that it did not reach for good. */
  readonly addresses: readonly string[];
  /** Status code, `5.1.1`. */
  readonly status: string;
}

export interface Outbox {
  /** @returns whether it is ours and went to that address: anybody can write such a report, but few know both */
  returned(mail: ReturnedMail): Promise<boolean>;
}

export const createOutbox = (
  { database, vault }: Pick<OutboxDeps, 'database' | 'vault'>,
  senders: readonly Sender[],
): Outbox => ({
  returned: async ({ ids, addresses, status }) => {
    for (const number of ids.flatMap((id) => /^<[a-z]+_(\d{1,9})@/.exec(id)?.[1] ?? []).map(Number)) {
      const kind = await database.transaction((transaction) =>
        kindOfMailed(transaction, vault, number, addresses),
      );
      const found = senders.find(({ job }) => job.name === kind);
      if (!found) continue;
      await found.bounced(number, `信被退回,对方的邮件服务器说送不到(${status})`);
      return true;
    }
    return false;
  },
});

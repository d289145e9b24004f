/** A mail of ours that came back: whatever it was about has not arrived. */
import { mailName } from './mail.js';
import type { OutboxDeps, Sender } from './sender.js';
import { kindOfMailed } from './store/outbox-store.js';

/** What the report of a mail server says (RFC 3464). */
export interface ReturnedMail {
  /** Message-ID of the mail that came back. */
  readonly id: string;
  /** Addresses that it did not reach for good. */
  readonly addresses: readonly string[];
  /** Status code, `5.1.1`. */
  readonly status: string;
}

export interface Outbox {
  /** @returns whether it is ours and went to that address: anybody can write such a report, but not name the mail */
  returned(mail: ReturnedMail): Promise<boolean>;
}

export const createOutbox = (
  { database, vault }: Pick<OutboxDeps, 'database' | 'vault'>,
  senders: readonly Sender[],
): Outbox => ({
  returned: async ({ id, addresses, status }) => {
    const [, name = '', said = '', digits] = /^<(([a-z]+_(\d{1,9}))\.[0-9a-f]+)@/.exec(id) ?? [];
    if (digits === undefined || name !== mailName(vault, said)) return false;
    const number = Number(digits);
    const kind = await database.transaction((transaction) =>
      kindOfMailed(transaction, vault, number, addresses),
    );
    const found = senders.find(({ job }) => job.name === kind);
    await found?.bounced(number, `信被退回,对方的邮件服务器说送不到(${status})`);
    return found !== undefined;
  },
});

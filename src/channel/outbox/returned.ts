/** Handles one of our mails that bounced: the item has not arrived. */
import { mailName } from './mail.js';
import type { OutboxDeps, Sender } from './sender.js';
import { kindOfMailed } from './store/outbox-store.js';

/** Content of a mail server's report (RFC 3464). */
export interface ReturnedMail {
  /** Message-ID of the bounced mail. */
  readonly id: string;
  /** Addresses that permanently cannot be reached. */
  readonly addresses: readonly string[];
  /** Status code, for example `5.1.1`. */
  readonly status: string;
}

export interface Outbox {
  /**
   * @returns whether the mail is ours and went to that address; anybody can write such a report,
   * but only the recipient's server knows our Message-ID
   */
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
    await found?.bounced(number, `信被退回，对方的邮件服务器说送不到（${status}）`);
    return found !== undefined;
  },
});

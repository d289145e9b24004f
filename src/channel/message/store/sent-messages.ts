/** Messages to callers, read from the outbox. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Language } from '../../../sheet/index.js';

/** Kind of these items in the outbox. */
export const messageKind = 'message.send';

const ours = `FROM outgoing_overview WHERE kind = '${messageKind}'`;

/** Undefined if there is no such message, or it expired. */
export async function sheetOfMessage(transaction: Transaction, id: number): Promise<string | undefined> {
  const [row] = await transaction.query<{ no: string }>(`SELECT sheet AS no ${ours} AND id = $1`, [id]);
  return row?.no;
}

interface PendingMessage {
  readonly occasion: string;
  readonly entry: number;
  readonly language: Language;
  readonly createdAt: Date;
  readonly failure: string | null;
}

/** A sheet's messages that are still to be sent. */
export const pendingMessages = (transaction: Transaction, no: string): Promise<PendingMessage[]> =>
  transaction.query<PendingMessage>(
    `SELECT about ->> 'occasion' AS occasion, (about ->> 'entry')::int AS entry, about ->> 'language' AS language,
            added_at AS "createdAt", failure ${ours} AND sheet = $1 AND outcome IS NULL ORDER BY id`,
    [no],
  );

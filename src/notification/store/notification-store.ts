import type { Transaction } from '../../persistence/index.js';
import type { Telling } from '../tell.js';

export interface Notification extends Omit<Telling, 'stream' | 'seq' | 'element'> {
  readonly id: number;
  readonly workOrder: string;
  readonly recordedAt: Date;
  readonly readAt: Date | null;
  readonly readBy: string | null;
}

const columns = `id, stream AS "workOrder", recipient, level, title, text, article, at, recorded_at AS "recordedAt",
       read_at AS "readAt", read_by AS "readBy"`;

/** Puts them into the inboxes. One that is there already stays as it is; answers those that are new. */
export async function addNotifications(
  transaction: Transaction,
  tellings: readonly Telling[],
  recordedAt: Date,
): Promise<{ readonly id: number; readonly recipient: string; readonly title: string }[]> {
  return transaction.query(
    `INSERT INTO hotline.notification (stream, seq, element, recipient, level, title, text, article, at, recorded_at)
     SELECT stream, seq, element, recipient, level, title, text, article, at, $2
       FROM json_to_recordset($1::json) AS n (stream text, seq int, element text, recipient text, level text,
            title text, text text, article text, at timestamptz)
     ON CONFLICT (stream, seq, element, recipient) DO NOTHING
     RETURNING id, recipient, title`,
    [JSON.stringify(tellings), recordedAt],
  );
}

export async function findNotification(
  transaction: Transaction,
  id: number,
): Promise<Notification | undefined> {
  const [row] = await transaction.query<Notification>(
    `SELECT ${columns} FROM hotline.notification WHERE id = $1`,
    [id],
  );
  return row;
}

export interface InboxQuery {
  readonly recipient: string;
  /** Only those that nobody has read. */
  readonly unread: boolean;
  readonly limit: number;
  readonly offset: number;
  /** Work orders that whoever reads must keep away from. */
  readonly without?: readonly string[];
}

/** One inbox, the newest first. `total` counts all of what was asked for, `unread` all that nobody has read. */
export async function readInbox(
  transaction: Transaction,
  { recipient, unread, limit, offset, without = [] }: InboxQuery,
): Promise<{ readonly total: number; readonly unread: number; readonly items: Notification[] }> {
  const theirs = 'AND stream <> ALL ($2::text[])';
  const asked = unread ? 'AND read_at IS NULL' : '';
  const items = await transaction.query<Notification>(
    `SELECT ${columns} FROM hotline.notification WHERE recipient = $1 ${asked} ${theirs} ORDER BY id DESC LIMIT $3 OFFSET $4`,
    [recipient, [...without], limit, offset],
  );
  const [counts] = await transaction.query<{ total: number; unread: number }>(
    `SELECT count(*) FILTER (WHERE true ${asked}) AS total, count(*) FILTER (WHERE read_at IS NULL) AS unread
       FROM hotline.notification WHERE recipient = $1 ${theirs}`,
    [recipient, [...without]],
  );
  return { total: counts?.total ?? 0, unread: counts?.unread ?? 0, items };
}

/** Notes who read it first; a second reader changes nothing. */
export async function markRead(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<Notification | undefined> {
  await transaction.query(
    'UPDATE hotline.notification SET read_at = $2, read_by = $3 WHERE id = $1 AND read_at IS NULL',
    [id, by.at, by.actor],
  );
  return findNotification(transaction, id);
}

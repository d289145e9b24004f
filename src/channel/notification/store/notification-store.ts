import type { ExpiringRows, Transaction } from '../../../platform/database/index.js';
import type { Notice } from '../notices.js';

export const expiringInboxes: ExpiringRows = {
  table: 'notification',
  key: 'id',
  due: 'r.recorded_at < $1',
};

export interface Notification extends Omit<Notice, 'stream' | 'seq' | 'element'> {
  readonly id: number;
  /** Null if the notice is not about a work order. */
  readonly workOrder: string | null;
  /** The draft that the notice is about. */
  readonly draft: number | null;
  /** The amendment of the regulation that the notice is about. */
  readonly amendment: number | null;
  /** True if the caller did something on their page. */
  readonly byCaller: boolean;
  /** True if a message suggests an emergency. */
  readonly emergency: boolean;
  readonly recordedAt: Date;
  readonly readAt: Date | null;
  readonly readBy: string | null;
}

const columns = `id, CASE WHEN stream NOT IN ('notifications', 'regulation') AND stream NOT LIKE 'definition:%' THEN stream END AS "workOrder",
       substring(element FROM '^draft:(\\d+)$')::int AS draft,
       substring(element FROM '^amendment:(\\d+)$')::int AS amendment,
       element LIKE 'caller-%' AS "byCaller", element = 'emergency' AS emergency, recipient, level, title, text, article, at, recorded_at AS "recordedAt",
       read_at AS "readAt", read_by AS "readBy"`;

/** Inserts notifications and leaves existing ones unchanged. @returns the new ones */
export async function addNotifications(
  transaction: Transaction,
  notices: readonly Notice[],
  recordedAt: Date,
): Promise<{ readonly id: number; readonly recipient: string; readonly title: string }[]> {
  return transaction.query(
    `INSERT INTO notification (stream, seq, element, recipient, level, title, text, article, at, recorded_at)
     SELECT stream, seq, element, recipient, level, title, text, article, at, $2
       FROM json_to_recordset($1::json) AS n (stream text, seq int, element text, recipient text, level text,
            title text, text text, article text, at timestamptz)
     ON CONFLICT (stream, seq, element, recipient) DO NOTHING
     RETURNING id, recipient, title`,
    [JSON.stringify(notices), recordedAt],
  );
}

export async function findNotification(
  transaction: Transaction,
  id: number,
): Promise<Notification | undefined> {
  const [row] = await transaction.query<Notification>(`SELECT ${columns} FROM notification WHERE id = $1`, [
    id,
  ]);
  return row;
}

export interface InboxQuery {
  readonly recipient: string;
  /** If set, only unread notifications are read. */
  readonly unread: boolean;
  /** If set, only notifications with this title are read. */
  readonly title?: string | undefined;
  readonly limit: number;
  /** If set, only notifications older than this id are read. */
  readonly before?: number | undefined;
  /** Work orders that the reader is recused from. */
  readonly without?: readonly string[];
}

/** One inbox, newest first. */
export async function readInbox(
  transaction: Transaction,
  { recipient, unread, title, limit, before, without = [] }: InboxQuery,
): Promise<Notification[]> {
  return transaction.query<Notification>(
    `SELECT ${columns} FROM notification
      WHERE recipient = $1 AND id < $2 AND stream <> ALL ($3::text[]) AND ($4::text IS NULL OR title = $4)
            ${unread ? 'AND read_at IS NULL' : ''} ORDER BY id DESC LIMIT ${limit}`,
    [recipient, before ?? Number.MAX_SAFE_INTEGER, [...without], title ?? null],
  );
}

/** Counts total and unread notifications of an inbox, or of those with a title, each up to `most` + 1. */
export async function countInbox(
  transaction: Transaction,
  { recipient, title, without = [] }: Pick<InboxQuery, 'recipient' | 'title' | 'without'>,
  most: number,
): Promise<{ readonly all: number; readonly unread: number }> {
  const upTo = (asked: string): string =>
    `(SELECT count(*) FROM (SELECT FROM notification WHERE recipient = $1 AND stream <> ALL ($2::text[]) AND ($3::text IS NULL OR title = $3) ${asked} LIMIT ${most + 1}) one)`;
  const [row] = await transaction.query<{ all: number; unread: number }>(
    `SELECT ${upTo('')} AS "all", ${upTo('AND read_at IS NULL')} AS unread`,
    [recipient, [...without], title ?? null],
  );
  return row ?? { all: 0, unread: 0 };
}

export interface InboxGroup {
  readonly title: string;
  readonly unread: number;
}

/** Counts unread notifications by title, among the newest `most` of an inbox; the most frequent title first. */
export async function unreadByTitle(
  transaction: Transaction,
  { recipient, without = [] }: Pick<InboxQuery, 'recipient' | 'without'>,
  most: number,
): Promise<InboxGroup[]> {
  return transaction.query<InboxGroup>(
    `SELECT title, count(*)::int AS unread
       FROM (SELECT title FROM notification
              WHERE recipient = $1 AND read_at IS NULL AND stream <> ALL ($2::text[]) ORDER BY id DESC LIMIT ${most}) newest
      GROUP BY title ORDER BY unread DESC, title`,
    [recipient, [...without]],
  );
}

export interface ReadingOfMany extends Pick<InboxQuery, 'recipient' | 'title' | 'without'> {
  /** The newest notification that the reader saw in the list; later ones stay unread. */
  readonly upTo: number;
}

/** Records who read all unread notifications of an inbox, or those with a title. @returns their number */
export async function markManyRead(
  transaction: Transaction,
  { recipient, title, upTo, without = [] }: ReadingOfMany,
  by: { readonly at: Date; readonly actor: string },
): Promise<number> {
  const marked = await transaction.query<{ id: number }>(
    `UPDATE notification SET read_at = $4, read_by = $5
      WHERE recipient = $1 AND read_at IS NULL AND id <= $2 AND stream <> ALL ($3::text[])
        AND ($6::text IS NULL OR title = $6) RETURNING id`,
    [recipient, upTo, [...without], by.at, by.actor, title ?? null],
  );
  return marked.length;
}

/** Records the first reader; later readers change nothing. */
export async function markRead(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<Notification | undefined> {
  await transaction.query(
    'UPDATE notification SET read_at = $2, read_by = $3 WHERE id = $1 AND read_at IS NULL',
    [id, by.at, by.actor],
  );
  return findNotification(transaction, id);
}

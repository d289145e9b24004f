/** The words of a sheet in its table row. */
import type { Transaction } from '../../platform/database/index.js';
import type { Words } from '../words.js';

/** Columns of `work_order w`. */
export const wordColumns = `w.external_no AS "externalNo", w.channel, w.kind, w.title, w.content,
  w.reply_wanted AS "replyWanted", w.confidential, w.language, w.messages_wanted AS "messagesWanted", w.district,
  w.received_at AS "receivedAt"`;

export interface WordRow extends Words {
  readonly no: string;
  readonly salt: string;
}

export const wordKeys: readonly (keyof WordRow)[] = [
  ...(['salt', 'externalNo', 'channel', 'kind', 'title', 'content', 'replyWanted', 'confidential'] as const),
  ...(['language', 'messagesWanted', 'district', 'receivedAt'] as const),
];

/** By number; missing sheets are omitted. */
export const wordRows = (transaction: Transaction, numbers: readonly string[]): Promise<readonly WordRow[]> =>
  transaction.query<WordRow>(
    `SELECT w.no, w.words_salt AS salt, ${wordColumns} FROM work_order w WHERE w.no = ANY ($1::text[])`,
    [[...numbers]],
  );

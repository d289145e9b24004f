/** What was said, as the table has it. */
import type { Transaction } from '../../platform/database/index.js';
import type { Words } from '../words.js';

/** The table of sheets. */
export const sheetTable = 'work_order';

/** Of `work_order w`. */
export const wordColumns = `w.external_no AS "externalNo", w.channel, w.kind, w.title, w.content,
  w.reply_wanted AS "replyWanted", w.confidential, w.language, w.messages_wanted AS "messagesWanted", w.district,
  w.received_at AS "receivedAt"`;

export interface WordRow extends Words {
  readonly no: string;
  readonly salt: string;
}

/** By number; missing sheets are omitted. */
export const wordRows = (transaction: Transaction, numbers: readonly string[]): Promise<readonly WordRow[]> =>
  transaction.query<WordRow>(
    `SELECT w.no, w.words_salt AS salt, ${wordColumns} FROM work_order w WHERE w.no = ANY ($1::text[])`,
    [[...numbers]],
  );

/** Numbers of sheets that have no trail, at most a hundred. */
export async function sheetsWithoutTrail(transaction: Transaction): Promise<readonly string[]> {
  const rows = await transaction.query<{ no: string }>(
    `SELECT w.no FROM work_order w
      WHERE NOT EXISTS (SELECT FROM recorded_entry e WHERE e.stream = w.no AND e.seq = 1) ORDER BY w.no LIMIT 100`,
  );
  return rows.map(({ no }) => no);
}

/** Messages to callers as the outbox has them. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';
import type { Language } from '../../../sheet/index.js';

/** Under which the outbox sends them. */
export const messageKind = 'message.send';

const ours = `FROM outgoing_overview WHERE kind = '${messageKind}'`;

/** Undefined if there is none, or it expired. */
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

/** Of a sheet, what is still to be sent. */
export const pendingMessages = (transaction: Transaction, no: string): Promise<PendingMessage[]> =>
  transaction.query<PendingMessage>(
    `SELECT about ->> 'occasion' AS occasion, (about ->> 'entry')::int AS entry, about ->> 'language' AS language,
            added_at AS "createdAt", failure ${ours} AND sheet = $1 AND outcome IS NULL ORDER BY id`,
    [no],
  );

export const messageTable = 'outbox';

/** Those that were settled and have not expired, for comparison with the trail. */
export const comparedMessages = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT sheet AS stream, concat(about ->> 'occasion', ' 第 ', about ->> 'entry', ' 条') AS name,
            json_build_object('语言', about ->> 'language', '文本的版', about ->> 'template',
                              '结果', CASE outcome WHEN 'sent' THEN 'told' ELSE 'not-told' END) AS facts
       ${ours} AND sheet = ANY ($1::text[]) AND outcome IS NOT NULL`,
    [[...sheets]],
  );

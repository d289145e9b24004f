/** Messages to callers, each once: what is to be sent, and what became of it. */
import type { Facts, Vault } from '../../../kernel/index.js';
import {
  renewing,
  type ExpiringRows,
  type Transaction,
  type VaultTable,
} from '../../../platform/database/index.js';
import type { Language } from '../../../sheet/index.js';
import type { Template } from '../template.js';

/** What was not settled stays; the trail keeps what was. */
export const expiringCallerMessages: ExpiringRows = {
  table: 'caller_message',
  key: 'id',
  due: 'r.settled_at < $1',
};

interface MessageAbout {
  readonly workOrder: string;
  readonly occasion: string;
  /** Number of the entry that it tells of. */
  readonly entry: number;
}

export interface NewMessage extends MessageAbout {
  readonly language: Language;
  readonly template: number;
  readonly said: Template;
  readonly createdAt: Date;
}

export interface CallerMessage extends Omit<NewMessage, 'said'> {
  readonly id: number;
  readonly failure: string | null;
  readonly outcome: 'told' | 'not-told' | null;
}

const columns = `id, sheet AS "workOrder", occasion, entry, language, template, created_at AS "createdAt",
  failure, outcome`;

/** Undefined if the occasion was told already. */
export async function insertMessage(
  transaction: Transaction,
  vault: Vault,
  message: NewMessage,
): Promise<number | undefined> {
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO caller_message (sheet, occasion, entry, language, template, box, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (sheet, occasion, entry) DO NOTHING RETURNING id`,
    [
      message.workOrder,
      message.occasion,
      message.entry,
      message.language,
      message.template,
      vault.seal(JSON.stringify(message.said), placeOf(message)),
      message.createdAt,
    ],
  );
  return row?.id;
}

/** Undefined if there is none, or it expired. */
export async function sheetOfMessage(transaction: Transaction, id: number): Promise<string | undefined> {
  const [row] = await transaction.query<{ no: string }>(
    'SELECT sheet AS no FROM caller_message WHERE id = $1',
    [id],
  );
  return row?.no;
}

/** Undefined once it was told, or if it expired. @throws {Refusal} `vault.locked` */
export async function messageToSend(
  transaction: Transaction,
  vault: Vault,
  id: number,
): Promise<(CallerMessage & { readonly said: Template }) | undefined> {
  const [row] = await transaction.query<CallerMessage & { readonly box: Buffer | null }>(
    `SELECT ${columns}, box FROM caller_message WHERE id = $1`,
    [id],
  );
  if (!row?.box) return undefined;
  const { box, ...message } = row;
  return { ...message, said: JSON.parse(vault.open(box, placeOf(message))) as Template };
}

/** @returns false if it was told already; locked until the transaction ends */
export async function lockUntold(transaction: Transaction, id: number): Promise<boolean> {
  const rows = await transaction.query(
    'SELECT FROM caller_message WHERE id = $1 AND box IS NOT NULL FOR UPDATE',
    [id],
  );
  return rows.length > 0;
}

/** Once the trail holds the text, nothing but the fact stays. */
export async function settleTold(transaction: Transaction, id: number, at: Date): Promise<void> {
  await transaction.query(
    "UPDATE caller_message SET box = NULL, failure = NULL, outcome = 'told', settled_at = $2 WHERE id = $1",
    [id, at],
  );
}

/** Somebody may still have it tried again. @returns false if it was given up before */
export async function settleNotTold(
  transaction: Transaction,
  id: number,
  given: { readonly at: Date; readonly failure: string },
): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE caller_message SET failure = $2, outcome = 'not-told', settled_at = $3
      WHERE id = $1 AND outcome IS NULL RETURNING id`,
    [id, given.failure, given.at],
  );
  return rows.length > 0;
}

export async function noteMessageFailure(
  transaction: Transaction,
  id: number,
  failure: string,
): Promise<void> {
  await transaction.query('UPDATE caller_message SET failure = $2 WHERE id = $1', [id, failure]);
}

/** Of a sheet, what is still to be sent. */
export const pendingMessages = (transaction: Transaction, no: string): Promise<CallerMessage[]> =>
  transaction.query<CallerMessage>(
    `SELECT ${columns} FROM caller_message WHERE sheet = $1 AND outcome IS NULL ORDER BY id`,
    [no],
  );

const placeOf = ({ workOrder, occasion, entry }: MessageAbout): string =>
  `caller message ${JSON.stringify([workOrder, occasion, entry])}`;

export const callerMessageVaultTable: VaultTable = {
  title: '告知来电人的消息',
  renew: renewing({
    table: 'caller_message',
    key: { id: 'integer' },
    with: ['sheet', 'occasion', 'entry'],
    boxes: ['box'],
    belongsTo: (row) =>
      placeOf({
        workOrder: String(row['sheet']),
        occasion: String(row['occasion']),
        entry: Number(row['entry']),
      }),
  }),
};

export const messageTable = 'caller_message';

/** Those that were settled and have not expired, for comparison with the trail. */
export const comparedMessages = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT sheet AS stream, occasion || ' 第 ' || entry || ' 条' AS name,
            json_build_object('语言', language, '文本的版', template::text, '结果', outcome) AS facts
       FROM caller_message WHERE sheet = ANY ($1::text[]) AND outcome IS NOT NULL`,
    [[...sheets]],
  );

/** Everything that is sent out of the system: each item once, with its attempts and result. */
import type { Vault } from '../../../kernel/index.js';
import {
  renewing,
  type ExpiringRows,
  type Transaction,
  type VaultTable,
} from '../../../platform/database/index.js';
import { addJobQuietly } from '../../../platform/jobs/index.js';
import type { Result, SendingKind } from '../kind.js';

/** Items without a result do not expire. */
export const expiringOutbox: ExpiringRows = { table: 'outbox', key: 'id', due: 'r.settled_at < $1' };

export interface NewItem<About> {
  /** Identifies the item within its kind; an item with an existing key is not added again. */
  readonly key: string;
  /** The recipient in words, for operators. No personal data. */
  readonly recipient: string;
  /** What the item is about, in words. No personal data. */
  readonly occasion: string;
  /** No personal data. */
  readonly about: About;
  readonly sheet?: string;
  /** The text; encrypted until it is sent. */
  readonly text?: string;
}

export interface Item<About> extends Omit<NewItem<About>, 'sheet' | 'text'> {
  readonly id: number;
  readonly sheet: string | null;
  /** Null if the item has no text, or no longer. */
  readonly text: string | null;
  /** True if the text is deleted, so that the item cannot be sent again. */
  readonly isSpent: boolean;
  readonly outcome: 'sent' | 'failed' | 'bounced' | 'dropped' | null;
}

/** Adds items that do not exist yet, in the sender's transaction; they are sent within a second after COMMIT. */
export async function put<About>(
  transaction: Transaction,
  { job }: SendingKind<About>,
  items: readonly NewItem<About>[],
  { at, vault }: { readonly at: Date; readonly vault?: Vault },
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ text, ...rest }) => ({
    ...rest,
    box:
      text === undefined || !vault ? null : vault.seal(text, placeOf(job.name, rest.key)).toString('base64'),
  }));
  const added = await transaction.query<{ item: number; recipient: string; occasion: string }>(
    `INSERT INTO outbox (kind, key, recipient, occasion, about, sheet, box, added_at)
     SELECT $1, key, recipient, occasion, about, sheet, decode(box, 'base64'), $3
       FROM json_to_recordset($2::json) AS n (key text, recipient text, occasion text, about json, sheet text, box text)
     ON CONFLICT (kind, key) DO NOTHING RETURNING id AS item, recipient, occasion`,
    [job.name, JSON.stringify(rows), at],
  );
  for (const payload of added) addJobQuietly(transaction, job, payload);
}

/** Sends an item again that was given up. */
export async function reopen<About>(
  transaction: Transaction,
  { job }: SendingKind<About>,
  key: string,
): Promise<void> {
  const again = await transaction.query<{ item: number; recipient: string; occasion: string }>(
    `UPDATE outbox SET outcome = NULL, settled_at = NULL
      WHERE kind = $1 AND key = $2 AND outcome IN ('dropped', 'failed', 'bounced')
     RETURNING id AS item, recipient, occasion`,
    [job.name, key],
  );
  for (const payload of again) addJobQuietly(transaction, job, payload);
}

/** Undefined if the item expired. @throws {Refusal} `vault.locked` */
export async function itemToSend<About>(
  transaction: Transaction,
  vault: Vault,
  { job, about, isSealed }: SendingKind<About>,
  id: number,
): Promise<Item<About> | undefined> {
  const [row] = await transaction.query<
    Omit<Item<About>, 'text' | 'isSpent'> & { readonly box: Buffer | null }
  >(
    `SELECT id, key, recipient, occasion, about, sheet, box, outcome
       FROM outbox WHERE kind = $1 AND id = $2`,
    [job.name, id],
  );
  if (!row) return undefined;
  const { box, ...item } = row;
  return {
    ...item,
    about: about.parse(item.about),
    text: box && vault.open(box, placeOf(job.name, item.key)),
    isSpent: isSealed && box === null,
  };
}

/** @returns whether the result is new: the first one, a success after failure, or a bounce after success */
export async function noteResult(
  transaction: Transaction,
  vault: Vault,
  id: number,
  result: Result,
  at: Date,
): Promise<boolean> {
  const said = result.outcome === 'sent' ? { receipt: result.receipt.words } : { failure: result.why };
  await transaction.query('UPDATE outbox SET attempts = array_append(attempts, $2::json) WHERE id = $1', [
    id,
    JSON.stringify({ at, ...said }),
  ]);
  const to = result.outcome === 'sent' ? result.receipt.to : undefined;
  const rows = await transaction.query(
    `UPDATE outbox
        SET outcome = $2, settled_at = $3, box = CASE WHEN $2 <> 'sent' THEN box END, sent_to = coalesce($4, sent_to)
      WHERE id = $1 AND $2::text IS NOT NULL
        AND CASE outcome WHEN 'sent' THEN $2 = 'bounced' ELSE outcome IS NULL OR $2 = 'sent' END RETURNING id`,
    [id, result.outcome, at, to === undefined ? null : addressMark(vault, to)],
  );
  return rows.length > 0;
}

/** Kind of the item with this number that was mailed to one of these addresses. */
export async function kindOfMailed(
  transaction: Transaction,
  vault: Vault,
  id: number,
  addresses: readonly string[],
): Promise<string | undefined> {
  const [row] = await transaction.query<{ kind: string }>(
    'SELECT kind FROM outbox WHERE id = $1 AND sent_to = ANY ($2::bytea[])',
    [id, addresses.map((one) => addressMark(vault, one))],
  );
  return row?.kind;
}

const addressMark = (vault: Vault, address: string): Buffer => vault.match(`outbox ${address.toLowerCase()}`);

const placeOf = (kind: string, key: string): string => `outbox ${JSON.stringify([kind, key])}`;

export const outboxVaultTable: VaultTable = {
  title: '待发出的消息',
  renew: renewing({
    table: 'outbox',
    key: { id: 'integer' },
    with: ['kind', 'key'],
    boxes: ['box'],
    belongsTo: ({ kind, key }) => placeOf(String(kind), String(key)),
  }),
};

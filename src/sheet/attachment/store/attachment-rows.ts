/** Rows of attachments; name and key are encrypted by the vault. */
import { Refusal, type Vault } from '../../../kernel/index.js';
import { renewing, type Transaction, type VaultTable } from '../../../platform/database/index.js';
import type { Attachment, Shows } from '../attachment.js';

const placeOf = (id: string, column: string): string => `attachment ${id} ${column}`;

export const attachmentVaultTable: VaultTable = {
  title: '附件',
  renew: renewing({
    table: 'attachment',
    key: { id: 'text' },
    boxes: ['name', 'key'],
    belongsTo: ({ id }, column) => placeOf(String(id), column),
  }),
};

type Row = Omit<Attachment, 'name' | 'key'> & { readonly name: Buffer; readonly key: Buffer };

const columns = `id, work_order AS "workOrder", shows, kind, media_type AS "mediaType", name, key, added_at AS "addedAt",
  added_by AS "addedBy", received_sha256 AS "receivedSha256", received_bytes AS "receivedBytes",
  kept_sha256 AS "keptSha256", kept_bytes AS "keptBytes", thumbnail_bytes AS "thumbnailBytes"`;

const read = (vault: Vault, { name, key, ...row }: Row): Attachment => ({
  ...row,
  name: vault.open(name, placeOf(row.id, 'name')),
  key: Buffer.from(vault.open(key, placeOf(row.id, 'key')), 'hex'),
});

/** A sheet's attachments that are not erased, oldest first. */
export async function attachmentsOf(
  transaction: Transaction,
  vault: Vault,
  no: string,
): Promise<readonly Attachment[]> {
  const rows = await transaction.query<Row>(
    `SELECT ${columns} FROM attachment WHERE work_order = $1 AND erased_at IS NULL ORDER BY added_at, id`,
    [no],
  );
  return rows.map((row) => readIfOpen(vault, row));
}

/** A list continues if one row's box was changed; the file itself cannot be opened either. */
function readIfOpen(vault: Vault, row: Row): Attachment {
  try {
    return read(vault, row);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'vault.locked') throw error;
    return { ...row, name: '（名称打不开）', key: Buffer.alloc(32) };
  }
}

/** Attachments of all sheets after an id, without erased ones. */
export async function attachmentsAfter(
  transaction: Transaction,
  vault: Vault,
  id: string,
  most: number,
): Promise<readonly Attachment[]> {
  const rows = await transaction.query<Row>(
    `SELECT ${columns} FROM attachment WHERE id > $1 AND erased_at IS NULL ORDER BY id LIMIT $2`,
    [id, most],
  );
  return rows.map((row) => read(vault, row));
}

/** Makes those who add to one sheet take turns, so that the limits and "once" also hold for concurrent requests. */
export async function lockAttachments(transaction: Transaction, no: string): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.attachment ' || $1, 0))",
    [no],
  );
}

export async function insertAttachment(
  transaction: Transaction,
  vault: Vault,
  one: Attachment,
): Promise<void> {
  await transaction.query(
    `INSERT INTO attachment (id, work_order, shows, kind, media_type, name, key, added_at, added_by,
       received_sha256, received_bytes, kept_sha256, kept_bytes, thumbnail_bytes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[one.id, one.workOrder, one.shows, one.kind, one.mediaType],
      vault.seal(one.name, placeOf(one.id, 'name')),
      vault.seal(one.key.toString('hex'), placeOf(one.id, 'key')),
      ...[one.addedAt, one.addedBy, one.receivedSha256, one.receivedBytes],
      ...[one.keptSha256, one.keptBytes, one.thumbnailBytes],
    ],
  );
}

/**
 * Erases names and keys, so that the stored files, and copies of them, cannot be read any more.
 *
 * @param shows only these; default: all
 * @returns the erased ones
 */
export async function eraseAttachmentRows(
  transaction: Transaction,
  no: string,
  at: Date,
  shows?: Shows,
): Promise<readonly string[]> {
  const rows = await transaction.query<{ id: string }>(
    `WITH erased AS (
       UPDATE attachment SET name = NULL, key = NULL, erased_at = $2
        WHERE work_order = $1 AND erased_at IS NULL AND ($3::text IS NULL OR shows = $3) RETURNING id)
     SELECT id FROM erased ORDER BY id`,
    [no, at, shows ?? null],
  );
  const ids = rows.map(({ id }) => id);
  await noteLeftovers(transaction, ids, at);
  return ids;
}

/** SQL: whether the sheet has stored files. @param no SQL for the sheet's number */
export const hasAttachments = (no: string): string =>
  `EXISTS (SELECT FROM attachment a WHERE a.work_order = ${no} AND a.erased_at IS NULL)`;

/** Schedules removal of the files with these ids at an instant, unless they are claimed before. */
export async function noteLeftovers(
  transaction: Transaction,
  ids: readonly string[],
  due: Date,
): Promise<void> {
  await transaction.query(
    `INSERT INTO attachment_leftover (id, due) SELECT id, $2 FROM unnest($1::text[]) AS id
     ON CONFLICT (id) DO UPDATE SET due = excluded.due`,
    [ids, due],
  );
}

export async function forgetLeftovers(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await transaction.query('DELETE FROM attachment_leftover WHERE id = ANY($1)', [ids]);
}

export async function dueLeftovers(
  transaction: Transaction,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const rows = await transaction.query<{ id: string }>(
    'SELECT id FROM attachment_leftover WHERE due <= $1 ORDER BY due LIMIT $2',
    [now, most],
  );
  return rows.map(({ id }) => id);
}

/** Rows of uploaded logs, with their content in encrypted pieces. */
import { Refusal, type JsonObject, type Vault } from '../../kernel/index.js';
import { renewing, type Transaction, type VaultTable } from '../../platform/database/index.js';

/** `log`: as uploaded; the others are results of the check: the report as JSON, two tables as CSV. */
export type LogPart = 'log' | 'report' | 'duties' | 'findings';
const made: readonly LogPart[] = ['report', 'duties', 'findings'];

/** The columns of the list. */
export interface UploadedHead {
  readonly id: number;
  /** Name of the file. */
  readonly name: string;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
  readonly sha256: string;
  readonly bytes: number;
  /** Who ordered the check, and when. */
  readonly askedBy: string | null;
  readonly askedAt: Date | null;
  /** Number of cases that the check has processed. */
  readonly done: number;
  /** When the report was made. */
  readonly madeAt: Date | null;
  /** The log is deleted at this instant. */
  readonly logUntil: Date;
  /** Everything is deleted at this instant. */
  readonly until: Date;
}

export interface UploadedLog extends UploadedHead {
  readonly found: JsonObject;
  readonly mapping: JsonObject;
}

const placeOf = (log: number, part: string, number: number): string => `old log ${log} ${part} ${number}`;

export const uploadedLogVaultTable: VaultTable = {
  title: '旧系统的日志',
  renew: renewing({
    table: 'old_log_piece',
    key: { log: 'integer', part: 'text', number: 'integer' },
    boxes: ['box'],
    belongsTo: ({ log, part, number }) => placeOf(Number(log), String(part), Number(number)),
  }),
};

const head = `id, name, uploaded_by AS "uploadedBy", uploaded_at AS "uploadedAt", sha256, bytes::float8 AS bytes,
  asked_by AS "askedBy", asked_at AS "askedAt", done, made_at AS "madeAt", log_until AS "logUntil", until`;

/** @returns its number; the upload is valid only after `completeUpload` */
export async function beginUpload(
  transaction: Transaction,
  log: Pick<UploadedLog, 'name' | 'uploadedBy' | 'uploadedAt' | 'logUntil' | 'until'>,
): Promise<number> {
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO old_log (name, uploaded_by, uploaded_at, log_until, until) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [log.name, log.uploadedBy, log.uploadedAt, log.logUntil, log.until],
  );
  if (!row) throw new Error('no row');
  return row.id;
}

export async function completeUpload(
  transaction: Transaction,
  id: number,
  { sha256, bytes, found, mapping }: Pick<UploadedLog, 'sha256' | 'bytes' | 'found' | 'mapping'>,
): Promise<void> {
  await transaction.query(
    'UPDATE old_log SET sha256 = $2, bytes = $3, found = $4, mapping = $5 WHERE id = $1',
    [...[id, sha256, bytes, JSON.stringify(found), JSON.stringify(mapping)]],
  );
}

/** Number of stored logs, including incomplete ones. */
export async function countUploadedLogs(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ count: number }>('SELECT count(*)::int AS count FROM old_log');
  return row?.count ?? 0;
}

/** Newest first. */
export const listUploadedLogs = (transaction: Transaction, now: Date): Promise<UploadedHead[]> =>
  transaction.query<UploadedHead>(
    `SELECT ${head} FROM old_log WHERE sha256 IS NOT NULL AND until > $1 ORDER BY id DESC`,
    [now],
  );

/** @throws {Refusal} `old-log.not-found` */
export async function readUploadedLog(transaction: Transaction, id: number, now: Date): Promise<UploadedLog> {
  const [row] = await transaction.query<UploadedLog>(
    `SELECT ${head}, found, mapping FROM old_log WHERE id = $1 AND sha256 IS NOT NULL AND until > $2`,
    [id, now],
  );
  if (row) return row;
  throw new Refusal('old-log.not-found', `没有第 ${id} 份旧日志`, {
    remedy: '核对编号；过了保存的日子、有人删除了的，重新上传',
  });
}

/** Whether it is still stored, however old. */
export async function isUploaded(transaction: Transaction, id: number): Promise<boolean> {
  const rows = await transaction.query('SELECT id FROM old_log WHERE id = $1', [id]);
  return rows.length > 0;
}

export async function askForCheck(
  transaction: Transaction,
  id: number,
  { mapping, actor, at }: { readonly mapping: JsonObject; readonly actor: string; readonly at: Date },
): Promise<void> {
  await dropMade(transaction, id);
  await transaction.query(
    `UPDATE old_log SET mapping = $2, asked_by = $3, asked_at = $4, done = 0, made_at = NULL
      WHERE id = $1`,
    [id, JSON.stringify(mapping), actor, at],
  );
}

export async function noteChecked(transaction: Transaction, id: number, done: number): Promise<void> {
  await transaction.query('UPDATE old_log SET done = $2 WHERE id = $1', [id, done]);
}

/** @returns false if it was removed, or ordered anew, meanwhile */
export async function finishCheck(
  transaction: Transaction,
  vault: Vault,
  { id, askedAt }: Pick<UploadedHead, 'id' | 'askedAt'>,
  { report, at }: { readonly report: JsonObject; readonly at: Date },
): Promise<boolean> {
  const rows = await transaction.query<{ id: number }>(
    'UPDATE old_log SET made_at = $3 WHERE id = $1 AND asked_at = $2 RETURNING id',
    [id, askedAt, at],
  );
  if (rows.length === 0) return false;
  const content = Buffer.from(JSON.stringify(report));
  await addPiece(transaction, vault, { log: id, part: 'report', number: 0 }, content);
  return true;
}

/** Null before the report exists. @throws {Refusal} `vault.locked` */
export async function readReport(
  transaction: Transaction,
  vault: Vault,
  { id, madeAt }: Pick<UploadedHead, 'id' | 'madeAt'>,
): Promise<JsonObject | null> {
  const piece = madeAt && (await readPiece(transaction, vault, { log: id, part: 'report', number: 0 }));
  return piece ? (JSON.parse(piece.toString('utf8')) as JsonObject) : null;
}

export async function addPiece(
  transaction: Transaction,
  vault: Vault,
  place: { readonly log: number; readonly part: LogPart; readonly number: number },
  content: Buffer,
): Promise<void> {
  const { log, part, number } = place;
  await transaction.query('INSERT INTO old_log_piece (log, part, number, box) VALUES ($1, $2, $3, $4)', [
    ...[log, part, number, vault.seal(content.toString('base64'), placeOf(log, part, number))],
  ]);
}

/** @returns undefined after the last one; @throws {Refusal} `vault.locked` */
export async function readPiece(
  transaction: Transaction,
  vault: Vault,
  { log, part, number }: Parameters<typeof addPiece>[2],
): Promise<Buffer | undefined> {
  const [row] = await transaction.query<{ box: Buffer }>(
    'SELECT box FROM old_log_piece WHERE log = $1 AND part = $2 AND number = $3',
    [log, part, number],
  );
  return row && Buffer.from(vault.open(row.box, placeOf(log, part, number)), 'base64');
}

/** Deletes the results of a check, or of an interrupted one. */
export async function dropMade(transaction: Transaction, log: number): Promise<void> {
  await transaction.query('DELETE FROM old_log_piece WHERE log = $1 AND part = ANY($2)', [log, made]);
}

export async function dropUploadedLog(transaction: Transaction, id: number): Promise<void> {
  await transaction.query('DELETE FROM old_log WHERE id = $1', [id]);
}

/** Deletes expired logs, incomplete uploads, and later the results of checks. */
export async function dropOverdue(transaction: Transaction, now: Date, brokenBefore: Date): Promise<void> {
  await transaction.query(
    `DELETE FROM old_log_piece p USING old_log l WHERE p.log = l.id AND p.part = 'log' AND l.log_until <= $1`,
    [now],
  );
  await transaction.query('DELETE FROM old_log WHERE until <= $1 OR (sha256 IS NULL AND uploaded_at < $2)', [
    now,
    brokenBefore,
  ]);
}

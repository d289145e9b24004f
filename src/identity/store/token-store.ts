/** Rows of other systems and their tokens. The hash never leaves. */
import type { Transaction } from '../../persistence/index.js';
import type { Scope } from '../scopes/index.js';

export interface ApiToken {
  readonly id: number;
  readonly system: number;
  /** What it begins with. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly expiresAt: Date;
  readonly replacedBy: number | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

export interface ClientSystem {
  readonly id: number;
  readonly name: string;
  /** Whose sheets it sees; null for a system of no unit. */
  readonly unit: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

const systemColumns = `s.id, s.name, u.name AS unit, s.created_at AS "createdAt", s.created_by AS "createdBy",
  s.closed_at AS "closedAt", s.closed_by AS "closedBy"`;
const systemTables = 'client_system s LEFT JOIN unit u ON u.id = s.unit';

const tokenColumns = `t.id, t.system, t.prefix, t.scopes, t.issued_at AS "issuedAt", t.issued_by AS "issuedBy",
  t.expires_at AS "expiresAt", t.replaced_by AS "replacedBy", t.last_used_at AS "lastUsedAt",
  t.revoked_at AS "revokedAt", t.revoked_by AS "revokedBy"`;

/** Those in use first. */
export function listSystems(transaction: Transaction): Promise<ClientSystem[]> {
  return transaction.query(
    `SELECT ${systemColumns} FROM ${systemTables} ORDER BY s.closed_at IS NOT NULL, s.name, s.id`,
  );
}

/** The newest first. */
export function listTokens(transaction: Transaction): Promise<ApiToken[]> {
  return transaction.query(`SELECT ${tokenColumns} FROM api_token t ORDER BY t.id DESC`);
}

/** In use, locked against two acts at once. */
export async function findSystem(transaction: Transaction, id: number): Promise<ClientSystem | undefined> {
  const [row] = await transaction.query<ClientSystem>(
    `SELECT ${systemColumns} FROM ${systemTables} WHERE s.id = $1 AND s.closed_at IS NULL FOR UPDATE OF s`,
    [id],
  );
  return row;
}

/** Undefined where one of that name is in use. */
export async function insertSystem(
  transaction: Transaction,
  row: { readonly name: string; readonly unit: string | null; readonly at: Date; readonly by: string },
): Promise<number | undefined> {
  const [made] = await transaction.query<{ id: number }>(
    `INSERT INTO client_system (name, unit, created_at, created_by)
     VALUES ($1, (SELECT id FROM unit WHERE name = $2), $3, $4)
     ON CONFLICT (name) WHERE closed_at IS NULL DO NOTHING RETURNING id`,
    [row.name, row.unit, row.at, row.by],
  );
  return made?.id;
}

export async function closeSystem(transaction: Transaction, id: number, at: Date, by: string): Promise<void> {
  await transaction.query('UPDATE client_system SET closed_at = $2, closed_by = $3 WHERE id = $1', [
    id,
    at,
    by,
  ]);
}

export async function insertToken(
  transaction: Transaction,
  row: Pick<ApiToken, 'system' | 'prefix' | 'scopes' | 'issuedAt' | 'issuedBy' | 'expiresAt'> & {
    readonly hash: Buffer;
  },
): Promise<ApiToken> {
  const [made] = await transaction.query<ApiToken>(
    `INSERT INTO api_token AS t (system, prefix, hash, scopes, issued_at, issued_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${tokenColumns}`,
    [row.system, row.prefix, row.hash, [...row.scopes], row.issuedAt, row.issuedBy, row.expiresAt],
  );
  if (!made) throw new Error('the database answered no row');
  return made;
}

/** Locked where it is about to change. */
export async function findToken(transaction: Transaction, id: number): Promise<ApiToken | undefined> {
  const [row] = await transaction.query<ApiToken>(
    `SELECT ${tokenColumns} FROM api_token t WHERE t.id = $1 FOR UPDATE`,
    [id],
  );
  return row;
}

export interface PresentedToken extends ApiToken {
  readonly systemName: string;
  readonly unit: number | null;
  readonly systemClosed: boolean;
}

export async function tokenOfHash(
  transaction: Transaction,
  hash: Buffer,
): Promise<PresentedToken | undefined> {
  const [row] = await transaction.prepared<PresentedToken>(
    'identity-token',
    `SELECT ${tokenColumns}, s.name AS "systemName", s.unit, s.closed_at IS NOT NULL AS "systemClosed"
       FROM api_token t JOIN client_system s ON s.id = t.system WHERE t.hash = $1`,
    [hash],
  );
  return row;
}

/** The earlier token goes on until then at most. */
export async function replaceToken(
  transaction: Transaction,
  id: number,
  by: number,
  expiresAt: Date,
): Promise<void> {
  await transaction.query(
    'UPDATE api_token SET replaced_by = $2, expires_at = least(expires_at, $3) WHERE id = $1',
    [id, by, expiresAt],
  );
}

export async function revokeToken(transaction: Transaction, id: number, at: Date, by: string): Promise<void> {
  await transaction.query(
    'UPDATE api_token SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL',
    [id, at, by],
  );
}

export async function revokeTokensOf(
  transaction: Transaction,
  system: number,
  at: Date,
  by: string,
): Promise<void> {
  await transaction.query(
    'UPDATE api_token SET revoked_at = $2, revoked_by = $3 WHERE system = $1 AND revoked_at IS NULL',
    [system, at, by],
  );
}

export async function touchToken(transaction: Transaction, id: number, at: Date): Promise<void> {
  await transaction.query(
    'UPDATE api_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)',
    [id, at],
  );
}

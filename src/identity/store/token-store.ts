/** Other systems and their tokens. */
import { column, IsNull, relation, type Entity, type Transaction } from '../../platform/database/index.js';
import type { Scope } from '../scopes/index.js';

export interface ApiToken {
  readonly id: number;
  readonly system: number;
  /** Prefix of the token. */
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
  /** The unit whose sheets it may see; null for none. */
  readonly unit: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

/** The hash of a token never leaves the database. */
export const apiTokenEntity: Entity<ApiToken & { readonly hash?: Buffer }> = {
  name: 'api_token',
  columns: {
    id: column.id,
    system: column.integer,
    ...column.each(column.text, 'prefix', 'issuedBy'),
    hash: { ...column.bytes, select: false },
    scopes: column.texts,
    ...column.each(column.instant, 'issuedAt', 'expiresAt'),
    replacedBy: column.nullable.integer,
    ...column.each(column.nullable.instant, 'lastUsedAt', 'revokedAt'),
    revokedBy: column.nullable.text,
  },
};

export const clientSystemEntity: Entity<
  Omit<ClientSystem, 'unit'> & { readonly unit: { readonly id: number; readonly name: string } | null }
> = {
  name: 'client_system',
  columns: {
    id: column.id,
    ...column.each(column.text, 'name', 'createdBy'),
    createdAt: column.instant,
    closedAt: column.nullable.instant,
    closedBy: column.nullable.text,
  },
  relations: { unit: relation.manyToOne('unit', 'unit', true) },
};

/** Active systems come first. */
export async function listSystems(transaction: Transaction): Promise<ClientSystem[]> {
  const systems = await transaction
    .repository(clientSystemEntity)
    .createQueryBuilder('s')
    .leftJoinAndSelect('s.unit', 'unit')
    .orderBy('s.closedAt IS NOT NULL')
    .addOrderBy('s.name')
    .addOrderBy('s.id')
    .getMany();
  return systems.map((system) => ({ ...system, unit: system.unit?.name ?? null }));
}

/** An active system, locked against concurrent changes. */
export const lockSystem = (
  transaction: Transaction,
  id: number,
): Promise<Pick<ClientSystem, 'id' | 'name'> | null> =>
  transaction
    .repository(clientSystemEntity)
    .findOne({ where: { id, closedAt: IsNull() }, lock: { mode: 'pessimistic_write' } });

/** Optionally locked for a change. */
export const lockToken = (transaction: Transaction, id: number): Promise<ApiToken | null> =>
  transaction.repository(apiTokenEntity).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });

export interface PresentedToken extends Pick<
  ApiToken,
  'id' | 'system' | 'prefix' | 'scopes' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'
> {
  readonly systemName: string;
  readonly unit: number | null;
  readonly systemClosed: boolean;
}

/** Called at every request of another system. */
export async function tokenOfHash(
  transaction: Transaction,
  hash: Buffer,
): Promise<PresentedToken | undefined> {
  const [row] = await transaction.prepared<PresentedToken>(
    'identity-token',
    `SELECT t.id, t.system, t.prefix, t.scopes, t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt",
            t.revoked_at AS "revokedAt", s.name AS "systemName", s.unit, s.closed_at IS NOT NULL AS "systemClosed"
       FROM api_token t JOIN client_system s ON s.id = t.system WHERE t.hash = $1`,
    [hash],
  );
  return row;
}

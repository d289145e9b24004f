/** Log-ins under way at the identity provider, and its notices of sessions that ended there. */
import type { Transaction } from '../../persistence/index.js';

export async function insertFlow(
  transaction: Transaction,
  flow: { readonly id: Buffer; readonly browser: Buffer; readonly sealed: Buffer; readonly at: Date },
  forget: Date,
): Promise<void> {
  await transaction.query('DELETE FROM oidc_flow WHERE started_at < $1', [forget]);
  await transaction.query('INSERT INTO oidc_flow (id, browser, sealed, started_at) VALUES ($1, $2, $3, $4)', [
    flow.id,
    flow.browser,
    flow.sealed,
    flow.at,
  ]);
}

/** Uses it up. Undefined where there is none for this browser since then: another's attempt leaves it as it is. */
export async function takeFlow(
  transaction: Transaction,
  id: Buffer,
  browser: Buffer,
  since: Date,
): Promise<Buffer | undefined> {
  const [row] = await transaction.query<{ sealed: Buffer }>(
    'DELETE FROM oidc_flow WHERE id = $1 AND browser = $2 AND started_at >= $3 RETURNING sealed',
    [id, browser, since],
  );
  return row?.sealed;
}

/** @returns whether it had not been there before */
export async function insertLogout(
  transaction: Transaction,
  notice: { readonly id: Buffer; readonly expiresAt: Date; readonly at: Date },
): Promise<boolean> {
  await transaction.query('DELETE FROM oidc_logout WHERE expires_at < $1', [notice.at]);
  const rows = await transaction.query(
    'INSERT INTO oidc_logout (id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
    [notice.id, notice.expiresAt],
  );
  return rows.length > 0;
}

import { Refusal, type Vault } from '../../kernel/index.js';
import type { ExpiringRows, Transaction } from '../../platform/database/index.js';

export const expiringKeys: ExpiringRows = {
  table: 'idempotency_key',
  key: 'key',
  due: 'EXISTS (SELECT FROM work_order w WHERE w.no = r.work_order AND w.received_at < $1)',
};

/**
 * The sheet accepted under the key; undefined the first time. Holds a lock on the key until the
 * transaction ends.
 *
 * @throws {Refusal} `idempotency.mismatch` if the key was used for another request
 */
export async function workOrderOfKey(
  transaction: Transaction,
  vault: Vault,
  key: string,
  request: object,
): Promise<string | undefined> {
  await lockKey(transaction, key);
  const [row] = await transaction.query<{ request: string; work_order: string }>(
    'SELECT request, work_order FROM idempotency_key WHERE key = $1',
    [key],
  );
  if (!row) return undefined;
  // Rows of earlier versions hold only the key.
  if (row.request === '' || row.request === digest(vault, request)) return row.work_order;
  throw new Refusal('idempotency.mismatch', `幂等键“${key}”此前已用于内容不同的请求`, {
    where: 'Idempotency-Key',
    remedy: '新的诉求请换一个幂等键；重发原请求则内容须与原来一致',
  });
}

export async function keepKey(
  transaction: Transaction,
  vault: Vault,
  key: string,
  request: object,
  workOrder: string,
): Promise<void> {
  await transaction.query('INSERT INTO idempotency_key (key, request, work_order) VALUES ($1, $2, $3)', [
    key,
    digest(vault, request),
    workOrder,
  ]);
}

/** Hashed key of a telephone call, from the telephone system's number for it. */
const keyOfCall = (vault: Vault, call: string): string =>
  `call ${vault.match(`call ${call}`).toString('hex')}`;

/** The sheet of a call. Holds a lock on the call until the transaction ends. */
export async function workOrderOfCall(
  transaction: Transaction,
  vault: Vault,
  call: string,
): Promise<string | undefined> {
  const key = keyOfCall(vault, call);
  await lockKey(transaction, key);
  const [row] = await transaction.query<{ no: string }>(
    'SELECT work_order AS no FROM idempotency_key WHERE key = $1',
    [key],
  );
  return row?.no;
}

export async function keepCall(
  transaction: Transaction,
  vault: Vault,
  call: string,
  workOrder: string,
): Promise<void> {
  await transaction.query("INSERT INTO idempotency_key (key, request, work_order) VALUES ($1, '', $2)", [
    keyOfCall(vault, call),
    workOrder,
  ]);
}

/** Locks until the transaction ends. */
async function lockKey(transaction: Transaction, key: string): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.idempotency ' || $1, 0))",
    [key],
  );
}

/**
 * Digest of the parsed request, whose field order is fixed. It is keyed, because a plain hash of a
 * known text with a telephone number could be guessed.
 */
const digest = (vault: Vault, request: object): string =>
  vault.match(`request ${JSON.stringify(request)}`).toString('hex');

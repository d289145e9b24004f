/** Check values of the vault's keys: equal for equal keys, and revealing nothing else. */
import type { Transaction } from '../../platform/database/index.js';

export interface NotedKey {
  readonly purpose: 'seal' | 'match';
  /** Name of an encryption key; empty for the matching key, of which there is only one. */
  readonly name: string;
  readonly check: string;
}

export function notedKeys(transaction: Transaction): Promise<NotedKey[]> {
  return transaction.query('SELECT purpose, name, check_value AS check FROM vault_key');
}

/** Existing ones are left unchanged. */
export async function noteKeys(transaction: Transaction, keys: readonly NotedKey[]): Promise<void> {
  await transaction.query(
    `INSERT INTO vault_key (purpose, name, check_value)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [keys.map(({ purpose }) => purpose), keys.map(({ name }) => name), keys.map(({ check }) => check)],
  );
}

export async function retireKeys(transaction: Transaction, current: string): Promise<void> {
  await transaction.query("DELETE FROM vault_key WHERE purpose = 'seal' AND name <> $1", [current]);
}

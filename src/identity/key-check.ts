/**
 * Checks that the installation's keys are those of its database: a program with other keys could
 * read nothing and would write what nobody else can read.
 */
import { rm } from 'node:fs/promises';
import { Refusal } from '../kernel/index.js';
import type { Database, Transaction } from '../platform/database/index.js';
import { readKeyRing, sameKeys } from './key-file.js';
import { noteKeys, notedKeys, retireKeys } from './store/vault-key-store.js';
import { checkValue, type KeyRing, type Vault } from './vault.js';

/**
 * Reads the keys; creates them if there is no file and the database has none recorded.
 *
 * @throws {Refusal} `vault.locked` if the file is missing, damaged, or holds other keys
 */
export async function openKeyRing(database: Database, file: string): Promise<KeyRing> {
  const noted = await database.transaction(notedKeys);
  const { ring, made } = await readKeyRing(file, noted.length === 0);
  try {
    await database.transaction((transaction) => compare(transaction, ring, file));
  } catch (error) {
    // Another machine was first.
    if (made) await rm(file, { force: true });
    throw error;
  }
  return ring;
}

async function compare(transaction: Transaction, ring: KeyRing, file: string): Promise<void> {
  await noteKeys(transaction, [
    { purpose: 'match', name: '', check: checkValue(ring, ring.matching, 'match') },
    { purpose: 'seal', name: ring.current, check: checkValue(ring, ring.current, 'seal') },
  ]);
  for (const { purpose, name, check } of await notedKeys(transaction)) {
    const own = purpose === 'match' ? ring.matching : name;
    if (!(own in ring.keys)) throw unlike(file, `里没有名为“${name}”的密钥，数据库里的资料是用它加密的`);
    if (checkValue(ring, own, purpose) !== check)
      throw unlike(file, `里名为“${own}”的密钥与数据库所用的不是同一把`);
  }
}

/** Call when nothing in the database is encrypted with an old key any more. */
export const keepCurrentKey = (database: Database, { current }: Vault): Promise<void> =>
  database.transaction((transaction) => retireKeys(transaction, current.toString('utf8', 2)));

const unlike = (file: string, what: string): Refusal =>
  new Refusal('vault.locked', `密钥文件 ${file} ${what}`, { remedy: sameKeys });

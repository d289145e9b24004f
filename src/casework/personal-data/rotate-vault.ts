/** What lies in the vault, and how its key is changed. */
import { sealedVaultTable } from '../../accountability/index.js';
import type { Vault } from '../../kernel/index.js';
import type { Database, RowKey, VaultTable } from '../../persistence/index.js';
import { callerVaultTable } from '../../sheet/index.js';

const ownTables: readonly VaultTable[] = [callerVaultTable, sealedVaultTable];

/** Rows a transaction: some tens of milliseconds, so that nobody has to wait for it. */
const batch = 500;

interface Parts {
  readonly database: Database;
  readonly vault: Vault;
  /** Tables of modules that this one does not know. */
  readonly tables: readonly VaultTable[];
}

/** How many boxes of a table were put under the current key. */
export interface Renewed {
  readonly title: string;
  readonly rows: number;
  /** Keys of rows that did not open: damaged, moved, or their key is missing. They stay as they are. */
  readonly damaged: readonly RowKey[];
}

/**
 * Puts everything under the current key, a batch a transaction. What is under it already is passed over, so it may be
 * stopped and begun again.
 */
export async function rotateVault({ database, vault, tables }: Parts): Promise<readonly Renewed[]> {
  const outcome: Renewed[] = [];
  for (const table of [...ownTables, ...tables]) {
    let rows = 0;
    const damaged: RowKey[] = [];
    for (let last: RowKey | undefined, done = false; !done;) {
      const step = await database.transaction((transaction) => table.renew(transaction, vault, last, batch));
      rows += step.renewed;
      damaged.push(...step.damaged);
      last = step.last;
      done = last === undefined;
    }
    outcome.push({ title: table.title, rows, damaged });
  }
  return outcome;
}

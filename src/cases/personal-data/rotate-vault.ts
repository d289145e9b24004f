/** The encrypted tables, and rotation of their key. */
import { sealedVaultTable } from '../../accountability/index.js';
import { attachmentVaultTable } from '../../sheet/attachment/index.js';
import type { RowKey, VaultTable } from '../../platform/database/index.js';
import { callerBeforeVaultTable, callerVaultTable } from '../../sheet/index.js';
import type { Using } from '../parts.js';

const ownTables: readonly VaultTable[] = [
  callerVaultTable,
  callerBeforeVaultTable,
  sealedVaultTable,
  attachmentVaultTable,
];

/** Rows per transaction: some tens of milliseconds, so that nobody waits noticeably. */
const batch = 500;

interface RotateDeps extends Using<'database' | 'vault'> {
  /** Tables of other modules. */
  readonly tables: readonly VaultTable[];
}

/** Boxes re-encrypted, by table. */
export interface Renewed {
  readonly title: string;
  readonly rows: number;
  /**
   * Keys of rows that could not be opened because they are damaged, were moved, or their key is
   * missing. They stay unchanged.
   */
  readonly damaged: readonly RowKey[];
}

/**
 * Re-encrypts everything under the current key, one batch per transaction. It can be interrupted
 * and repeated: rows already under the current key are skipped.
 */
export async function rotateVault({ database, vault, tables }: RotateDeps): Promise<readonly Renewed[]> {
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

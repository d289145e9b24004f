/** What identity asks of the trail; the composition root hands it one. */
import type { EntryType } from '../accountability/index.js';
import type { JsonObject } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';

export interface AccountEntry {
  readonly stream: 'accounts' | 'refusals';
  readonly type: EntryType;
  readonly at: Date;
  readonly body: JsonObject;
}

export interface AccountJournal {
  append(transaction: Transaction, entries: readonly AccountEntry[]): Promise<unknown>;
}

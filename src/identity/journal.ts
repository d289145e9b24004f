/** Identity's port to the trail. */
import type { EntryType } from '../accountability/index.js';
import type { Json, JsonObject } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';

export interface AccountEntry {
  readonly stream: 'accounts' | 'refusals';
  readonly type: EntryType;
  readonly at: Date;
  readonly body: JsonObject;
}

export interface AccountJournal {
  /** @returns bookmarks of the streams written */
  append(transaction: Transaction, entries: readonly AccountEntry[]): Promise<ReadonlyMap<string, Json>>;
  /** Number of the entry a bookmark points to. */
  numberOf(bookmark: Json): number;
}

/** Writes entries of the trail of warnings and notifies open pages. */
import { write, type Trail } from '../../accountability/index.js';
import type { ClassTrees } from '../../sheet/classification/index.js';
import type { Clock, JsonObject } from '../../kernel/index.js';
import type { Changes } from '../../engine/change-feed/index.js';
import type { NotificationRules } from '../../channel/notification/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { restingOn, type Laws } from '../../kernel/law.js';
import { warningActProjector, warningStream } from './projectors.js';

export interface WarningDeps {
  readonly changes: Changes;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly database: Database;
  readonly laws: Laws;
  readonly notificationRules: NotificationRules;
  readonly trail: Trail;
}

export const warningEntry = (
  { laws }: Pick<WarningDeps, 'laws'>,
  type: string,
  at: Date,
  body: JsonObject,
) => ({
  ...{ stream: warningStream, type, at },
  body: { ...body, provisions: restingOn('early-warning', laws.today()) },
});

/** Writes the entry with its act on a warning. @returns the entry's number */
export async function appendWarningEntry(
  { changes, trail }: Pick<WarningDeps, 'changes' | 'trail'>,
  transaction: Transaction,
  entry: ReturnType<typeof warningEntry>,
): Promise<{ readonly stream: string; readonly seq: number }> {
  await write(transaction, warningActProjector, entry);
  const bookmarks = await changes.watching(trail).append(transaction, [entry]);
  return { stream: warningStream, seq: trail.numberOf(bookmarks.get(warningStream) ?? null) };
}

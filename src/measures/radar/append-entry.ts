/** Writes entries of the radar's stream with their rows, and notifies open pages. */
import { write, type EntryType, type Trail } from '../../accountability/index.js';
import type { CalendarKeeper } from '../../calendar/index.js';
import type { Clock, JsonObject, Vault } from '../../kernel/index.js';
import { restingOn, type Laws } from '../../kernel/law.js';
import type { Changes } from '../../engine/change-feed/index.js';
import { radarProjectors, radarStream } from './projectors.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import type { PolicyKeeper } from '../../law/policy/index.js';
import type { Catalogues } from '../../law/regulation/index.js';

export interface RadarDeps {
  readonly calendar: CalendarKeeper;
  readonly catalogues: Catalogues;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly database: Database;
  readonly laws: Laws;
  readonly policies: PolicyKeeper;
  readonly trail: Trail;
  readonly vault: Vault;
}

/** @param given values by table that the entries do not state @returns number of the last entry */
export async function appendRadarEntries(
  { changes, laws, trail }: Pick<RadarDeps, 'changes' | 'laws' | 'trail'>,
  transaction: Transaction,
  at: Date,
  entries: readonly { readonly type: EntryType; readonly body: JsonObject }[],
  given: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<{ readonly stream: string; readonly seq: number }> {
  const provisions = restingOn('investigation', laws.today());
  const appended = entries.map(({ type, body }) => ({
    ...{ stream: radarStream, type, at },
    body: { ...body, provisions },
  }));
  for (const projector of radarProjectors)
    await write(transaction, projector, appended, given[projector.table]);
  const bookmarks = await changes.watching(trail).append(transaction, appended);
  return { stream: radarStream, seq: trail.numberOf(bookmarks.get(radarStream) ?? null) };
}

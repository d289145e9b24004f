/** The events that the trail holds, in the order in which it was recorded: for a system that has missed some. */
import { findEntries, indexTrail, sequence, told } from '../accountability/index.js';
import type { DefinitionStore, ElementAnnotation } from '../engine/index.js';
import type { Database } from '../persistence/index.js';
import { eventsOf, type SheetEvent } from './events.js';
import { liveUnitsOf } from './store/case-unit.js';

interface EventPage {
  readonly events: readonly SheetEvent[];
  /** The place of the last entry that was looked at; undefined where there was none. */
  readonly last: number | undefined;
  readonly more: boolean;
}

/**
 * @param seen what whoever asks may see, behind the fence
 * @param asked.since legal instant of the first entry; `after` a place in the tree; at most `limit` entries are looked at
 */
export async function eventsSince(
  { database, definitions }: { readonly database: Database; readonly definitions: DefinitionStore },
  seen: Database,
  asked: { readonly since: Date; readonly after: number | undefined; readonly limit: number },
): Promise<EventPage> {
  await sequence(database);
  await indexTrail(database);
  const { found, units } = await seen.transaction(async (transaction) => {
    const entries = await findEntries(transaction, { kind: 'case', from: asked.since }, 'tree', {
      ...(asked.after === undefined ? {} : { after: { index: asked.after, stream: '', seq: 0 } }),
      limit: asked.limit + 1,
      below: Number.MAX_SAFE_INTEGER,
    });
    const streams = [...new Set(entries.map(({ stream }) => stream))];
    return { found: entries, units: await liveUnitsOf(transaction, streams) };
  });
  const page = found.slice(0, asked.limit);
  const events: SheetEvent[] = [];
  await database.transaction(async (transaction) => {
    for (const placed of page) {
      const { stream, seq } = placed;
      const unit = units.get(stream);
      if (unit === undefined) continue;
      // Of an altered one nothing can be told.
      const { body } = told(placed);
      const { type, at, process, version } = body;
      if (typeof type !== 'string' || typeof at !== 'string') continue;
      const annotations =
        typeof process === 'string' && typeof version === 'number'
          ? (await definitions.named(transaction, process, version)).annotations
          : undefined;
      const element = (id: string): ElementAnnotation | undefined => annotations?.element(id);
      events.push(...eventsOf({ stream, entry: { seq, type, at: new Date(at), body }, unit, element }));
    }
  });
  return { events, last: page.at(-1)?.index, more: found.length > asked.limit };
}

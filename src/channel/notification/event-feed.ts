/** Lists events in order of recording, for systems that missed some. */
import { processOf } from '../../accountability/events/index.js';
import { findEntries, indexTrail, sequence } from '../../accountability/index.js';
import type { DefinitionStore, ElementAnnotation } from '../../engine/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Database } from '../../platform/database/index.js';
import { eventsOf, type SheetEvent } from './events.js';
import { liveUnitsOf } from './store/case-unit.js';

interface EventPage {
  readonly events: readonly SheetEvent[];
  /** Tree index of the last entry examined. */
  readonly last: number | undefined;
  readonly more: boolean;
}

/**
 * @param seen restricts the events to what the caller may see
 * @param asked.since legal instant of the first entry; `after`: index in the tree; `limit`: most
 * entries to examine
 */
export async function eventsSince(
  {
    database,
    definitions,
    laws,
  }: { readonly database: Database; readonly definitions: DefinitionStore; readonly laws: Laws },
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
    for (const entry of page) {
      const { stream } = entry;
      const unit = units.get(stream);
      // An altered entry yields no events.
      if (unit === undefined || entry.type === 'unread') continue;
      const ran = processOf(entry);
      const annotations = ran && (await definitions.named(transaction, ran.process, ran.version)).annotations;
      const element = (id: string): ElementAnnotation | undefined => annotations?.element(id);
      events.push(...eventsOf({ stream, entry, unit, element }, laws.today()));
    }
  });
  return { events, last: page.at(-1)?.index, more: found.length > asked.limit };
}

/** Reads archived history including sealed content. An entry of the same stream records who read it, and why. */
import { firstEntries, type Entry, type Trail } from '../../accountability/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { archiveStream, type ArchiveDeps } from './archive.js';

interface ShowDeps extends Omit<ArchiveDeps, 'trail'> {
  readonly trail: Pick<Trail, 'append' | 'read'>;
}

type ArchivedInstance = Entry<'archive.opened'>['body'] & { readonly stream: string };

/** Instances that have this id or this business key in the old system. */
export async function archivedAs(transaction: Transaction, wanted: string): Promise<ArchivedInstance[]> {
  const opened = await firstEntries(transaction, archiveStream(''));
  return opened.flatMap((entry) =>
    entry.type === 'archive.opened' &&
    (entry.body.oldInstance === wanted || entry.body.businessKey === wanted || entry.stream === wanted)
      ? [{ ...entry.body, stream: entry.stream }]
      : [],
  );
}

interface ShownRecord {
  readonly kind: string;
  readonly id: string;
  readonly happenedAt: string | null;
  /** The record of the old system; null if it was erased, or differs from what was archived. */
  readonly record: JsonObject | null;
}

export function showArchived(
  { database, clock, trail }: ShowDeps,
  stream: string,
  { actor, purpose }: { readonly actor: string; readonly purpose: string },
): Promise<readonly ShownRecord[]> {
  return database.transaction(async (transaction) => {
    const entries = (await trail.read(transaction, [stream])).get(stream) ?? [];
    const records = entries.flatMap((entry) =>
      entry.type === 'archive.recorded'
        ? [
            {
              kind: entry.body.kind,
              id: entry.body.id,
              happenedAt: entry.body.happenedAt ?? null,
              record:
                entry.sealed.record === undefined ? null : (JSON.parse(entry.sealed.record) as JsonObject),
            },
          ]
        : [],
    );
    const body = { actor, purpose, records: records.length };
    await trail.append(transaction, [{ stream, type: 'archive.revealed', at: clock.now(), body }]);
    return records;
  });
}

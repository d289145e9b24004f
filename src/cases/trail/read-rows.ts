/** Reads the entries of a selection page by page: memory is bounded by a few thousand. */
import { processOf, type ReadableEntry } from '../../accountability/events/index.js';
import { findEntries, type FoundEntry, type Place, type Selection } from '../../accountability/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { createDefinitionReader, type DefinitionReader, type Elements } from '../definition-reader.js';
import { rowOf, type Row } from './row.js';
import { unitsHeld } from './units-held.js';
import type { LawWords } from './words/law-words.js';
import type { Using } from '../parts.js';

interface RowDeps extends Using<'database' | 'definitions'> {
  readonly words: LawWords;
}

/** Called with the number of further entries written, and how many of them were altered. */
export type OnEntries = (count: number, altered?: number) => Promise<void>;

const pageLength = 2000;

/** Each page may have its own transaction, because entries below a checkpoint never change. */
async function* readEntries(
  database: Database,
  selection: Selection,
  order: 'tree' | 'streams',
  below: number,
): AsyncGenerator<readonly FoundEntry[]> {
  let after: Place | undefined;
  for (;;) {
    const page = await database.transaction((transaction) =>
      findEntries(transaction, selection, order, { after, limit: pageLength, below }),
    );
    if (page.length > 0) yield page;
    if (page.length < pageLength) return;
    after = page.at(-1);
  }
}

export async function* readRows(
  deps: RowDeps,
  selection: Selection,
  order: 'tree' | 'streams',
  below: number,
  onEntries: OnEntries,
): AsyncGenerator<Row> {
  const reader = createDefinitionReader();
  const processName = deps.definitions.nameOf;
  const units = unitsHeld();
  for await (const page of readEntries(deps.database, selection, order, below)) {
    const elementsOf = await deps.database.transaction(async (transaction) => {
      // A program that only exports has not loaded any definition yet.
      await deps.definitions.prepare(transaction, []);
      await units.prepare(transaction, page);
      return elementsIn(transaction, reader, page);
    });
    for (const [at, entry] of page.entries()) {
      const elements = elementsOf(entry);
      yield rowOf(entry, {
        ...{ elements, processName, law: deps.words.law },
        ...{ words: deps.words, unit: units.after(entry) },
      });
      // Yields to other requests of the same program.
      if (at % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    }
    await onEntries(page.length, page.filter(({ altered }) => altered).length);
  }
}

/** Elements of every version that the entries name. */
export async function elementsIn(
  transaction: Transaction,
  reader: DefinitionReader,
  entries: readonly ReadableEntry[],
): Promise<(entry: ReadableEntry) => Elements> {
  const versions = new Map<string, Elements>();
  for (const entry of entries) {
    const ran = processOf(entry);
    if (!ran || versions.has(nameOf(ran))) continue;
    versions.set(nameOf(ran), await reader.elements(transaction, ran.process, ran.version));
  }
  const none: Elements = new Map();
  return (entry) => {
    const ran = processOf(entry);
    return (ran && versions.get(nameOf(ran))) ?? none;
  };
}

const nameOf = ({ process, version }: { readonly process: string; readonly version: number }): string =>
  JSON.stringify([process, version]);

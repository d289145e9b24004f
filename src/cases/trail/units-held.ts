/** Which unit each case was with, entry by entry: the one it was last handed to. */
import {
  assignedIn,
  computedOf,
  dataOf,
  textIn,
  type ReadableEntry,
} from '../../accountability/events/index.js';
import { entriesNamingUnits, type FoundEntry } from '../../accountability/index.js';
import type { Transaction } from '../../platform/database/index.js';

interface Held {
  readonly assigned?: string | undefined;
  readonly named?: string | undefined;
}

export interface UnitsHeld {
  /** Looks up what was before the first entries of cases that the page begins with. */
  prepare(transaction: Transaction, page: readonly FoundEntry[]): Promise<void>;
  /** After the entry; entries of a case in order. Empty where there is none. */
  after(entry: FoundEntry): string;
}

/** Holds a name per case. */
export function unitsHeld(): UnitsHeld {
  const held = new Map<string, Held>();
  const take = (stream: string, entry: ReadableEntry): Held => {
    const before = held.get(stream) ?? {};
    const named = textIn(computedOf(entry), 'unit') ?? textIn(dataOf(entry), 'unit');
    const now = { assigned: assignedIn(entry) ?? before.assigned, named: named ?? before.named };
    held.set(stream, now);
    return now;
  };
  return {
    prepare: async (transaction, page) => {
      const begun = new Map<string, number>();
      for (const { stream, seq, isCase } of page)
        if (isCase && !held.has(stream)) begun.set(stream, Math.min(seq, begun.get(stream) ?? seq));
      const missing = [...begun].filter(([, seq]) => seq > 1);
      if (missing.length === 0) return;
      for (const entry of await entriesNamingUnits(transaction, missing)) take(entry.stream, entry);
    },
    after: (entry) => {
      if (!entry.isCase) return '';
      const { assigned, named } = take(entry.stream, entry);
      return assigned ?? named ?? '';
    },
  };
}

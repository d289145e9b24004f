/** Determines after each entry which unit holds each case: the unit to which it was last handed over. */
import { beginning, step, type CourseEntry } from '../../accountability/course/index.js';
import { computedOf, dataOf } from '../../accountability/events/index.js';
import { entriesNamingUnits, type FoundEntry } from '../../accountability/index.js';
import { unitNamed, type UnitName } from '../../kernel/unit-name.js';
import type { Transaction } from '../../platform/database/index.js';

interface Held {
  readonly lastUnit: UnitName | null;
  readonly named?: string | undefined;
}

export interface UnitsHeld {
  /** Looks up the holder before the page's first entry of each case. */
  prepare(transaction: Transaction, page: readonly FoundEntry[]): Promise<void>;
  /** The holder after the entry; call in the order of a case's entries. Empty if nobody holds it. */
  after(entry: FoundEntry): string;
}

/** Memory: one name per case. */
export function unitsHeld(): UnitsHeld {
  const held = new Map<string, Held>();
  const take = (stream: string, entry: CourseEntry): Held => {
    const { lastUnit, named: before } = held.get(stream) ?? { lastUnit: null, named: undefined };
    const named = unitNamed(computedOf(entry).unit) ?? unitNamed(dataOf(entry).unit) ?? before;
    const now = { lastUnit: step({ ...beginning, lastUnit }, entry).lastUnit, named };
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
      const { lastUnit, named } = take(entry.stream, entry);
      return lastUnit ?? named ?? '';
    },
  };
}

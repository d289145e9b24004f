/** Feeds all entries of the trail, by stream and number, to the projections. One batch of chains bounds the memory, and the rows of the streams that a table stands on alone. */
import type { Transaction } from '../../platform/database/index.js';
import { readEntry } from '../events/read-entry.js';
import type { ChainRow } from '../store/audit-store.js';
import type { Projection, Difference } from './projection.js';

/** Streams per comparing query. */
const batch = 200;

interface Open {
  readonly of: Projection;
  expected: unknown;
  readonly ended: Map<string, unknown>;
  /** True if an entry of the present stream cannot be read. */
  spoilt: boolean;
  reads: boolean;
  /** Whether the projection folded any stream. */
  seen: boolean;
}

/** Rows of cases, and of other chains that have rows, are named by their chain. */
function ofStream(
  { row, since }: Difference,
  { of, ended }: Pick<Open, 'of' | 'ended'>,
): { readonly stream?: string } {
  const known = since?.stream ?? of.stream;
  if (known !== undefined) return { stream: known };
  const words = row.split(' ');
  const named = words.map((_, count) => words.slice(0, count + 1).join(' ')).find((name) => ended.has(name));
  return named === undefined ? {} : { stream: named };
}

export interface RowsVerified {
  /** Adds an entry; callers pass entries by stream and number. */
  add(row: ChainRow): void;
  /** Compares the streams that are complete. Call it between batches of rows. */
  settle(transaction: Transaction): Promise<readonly Difference[]>;
  /** Call after the last entry. */
  end(transaction: Transaction): Promise<readonly Difference[]>;
}

/**
 * @param missing chains that do not exist; without it, every existing chain must be added, and any
 * other counts as missing
 */
export function verifyRows(projections: readonly Projection[], missing?: ReadonlySet<string>): RowsVerified {
  const open = projections.map((of): Open => ({
    of,
    expected: undefined,
    ended: new Map(),
    spoilt: false,
    reads: false,
    seen: false,
  }));
  const byType = new Map<string, readonly Open[]>();
  let stream: string | undefined;

  const close = (): void => {
    for (const one of open)
      if (stream !== undefined && one.reads && !one.spoilt) one.ended.set(stream, one.expected);
  };
  const compare = async (transaction: Transaction, least: number): Promise<readonly Difference[]> => {
    const found: Difference[] = [];
    for (const one of open) {
      if (one.ended.size < least) continue;
      const unlike = await one.of.compare(transaction, one.ended);
      found.push(...unlike.map((each) => ({ ...ofStream(each, one), ...each })));
      one.ended.clear();
    }
    return found;
  };

  return {
    add: (row) => {
      if (row.stream !== stream) {
        close();
        stream = row.stream;
        for (const one of open) {
          one.reads = one.of.reads(row.stream);
          one.seen ||= one.reads;
          one.spoilt = false;
          one.expected = one.reads ? one.of.begin() : undefined;
        }
      }
      let taking = byType.get(row.type);
      if (!taking) byType.set(row.type, (taking = open.filter(({ of }) => of.takes(row.type))));
      const takers = taking.filter(({ reads }) => reads);
      if (takers.length === 0) return;
      const entry = readEntry(row);
      for (const one of takers) {
        if (entry.type === 'unread') one.spoilt = true;
        else one.expected = one.of.add(one.expected, entry);
      }
    },
    settle: (transaction) => compare(transaction, batch),
    end: async (transaction) => {
      close();
      for (const one of open)
        if (one.of.stream !== undefined && !one.seen && (missing?.has(one.of.stream) ?? true))
          one.ended.set(one.of.stream, one.of.begin());
      const found = [...(await compare(transaction, 1))];
      for (const { of } of open) found.push(...((await of.strays?.(transaction)) ?? []));
      return found;
    },
  };
}

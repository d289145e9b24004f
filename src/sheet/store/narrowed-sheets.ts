/** Lists live sheets of a district, a class and a unit, newest first; new ones appear seconds after receipt. */
import type { Transaction } from '../../platform/database/index.js';
import type { SheetMark } from './sheet-store.js';

export interface Narrowing {
  readonly district?: string | undefined;
  /** A first-level class, or a list of leaf classes. */
  readonly class?: { readonly area: string } | { readonly leaves: readonly string[] } | undefined;
  /** Set: only sheets that the unit leads or supports. */
  readonly unit?: string | undefined;
}

/** Sheets visible to the transaction, after the cursor. @returns their numbers */
export async function narrowedSheets(
  transaction: Transaction,
  narrowing: Narrowing,
  { most, after = ['infinity', ''] }: { readonly most: number; readonly after?: SheetMark | undefined },
): Promise<readonly string[]> {
  const { values, conditions } = conditionsOf(narrowing);
  // A unit has few sheets compared with the city, and an index has them in order.
  const [from, at, no] =
    narrowing.unit === undefined
      ? ['matter_overview m', 'm.received_at', 'm.no']
      : [
          'party_overview p JOIN matter_overview m ON m.no = p.business_key',
          'p.started_at',
          'p.business_key',
        ];
  if (narrowing.unit !== undefined) {
    conditions.push(`p.realm = 'live' AND p.party = $${values.push(narrowing.unit)}`);
  }
  const [instant, number] = [values.push(after[0]), values.push(after[1])];
  const rows = await transaction.query<{ readonly no: string }>(
    `SELECT m.no FROM ${from}
      WHERE ${[...conditions, `(${at}, ${no}) < ($${instant}::timestamptz, $${number})`].join(' AND ')}
      ORDER BY ${at} DESC, ${no} DESC LIMIT ${most}`,
    values,
  );
  return rows.map((row) => row.no);
}

const stretch = 500;
/** After this many reads without filling the page, the reader decides whether to continue. */
const mostStretches = 10;

/**
 * Filters the results of a search by district, class and unit.
 *
 * @param search returns numbers found after the cursor, newest first, and the next cursor
 * @returns their numbers; and where to continue, if the page was not filled and there may be more
 */
export async function findNarrowed(
  transaction: Transaction,
  narrowing: Narrowing,
  search: (
    most: number,
    after: SheetMark | undefined,
  ) => Promise<{ readonly numbers: readonly string[]; readonly end: SheetMark | undefined }>,
  { most, after }: { readonly most: number; readonly after?: SheetMark | undefined },
): Promise<{ readonly numbers: readonly string[]; readonly goOn: SheetMark | undefined }> {
  const numbers: string[] = [];
  let mark = after;
  for (let read = 0; read < mostStretches; read += 1) {
    const found = await search(stretch, mark);
    numbers.push(...(await amongNarrowed(transaction, narrowing, found.numbers)));
    if (numbers.length >= most || found.numbers.length < stretch) {
      return { numbers: numbers.slice(0, most), goOn: undefined };
    }
    mark = found.end;
  }
  return { numbers, goOn: mark };
}

/** Those of the numbers that match the district, class and unit, in the same order. */
async function amongNarrowed(
  transaction: Transaction,
  narrowing: Narrowing,
  numbers: readonly string[],
): Promise<readonly string[]> {
  const { values, conditions } = conditionsOf(narrowing);
  conditions.push(`m.no = ANY ($${values.push(numbers)}::text[])`);
  if (narrowing.unit !== undefined) {
    const party = values.push(narrowing.unit);
    conditions.push(
      `EXISTS (SELECT FROM party_overview p WHERE p.business_key = m.no AND p.party = $${party})`,
    );
  }
  const rows = await transaction.query<{ readonly no: string }>(
    `SELECT m.no FROM matter_overview m WHERE ${conditions.join(' AND ')}`,
    values,
  );
  const found = new Set(rows.map(({ no }) => no));
  return numbers.filter((no) => found.has(no));
}

function conditionsOf(narrowing: Narrowing): { readonly values: unknown[]; readonly conditions: string[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = narrowing.class;
  if (narrowing.district !== undefined) conditions.push(`m.district = $${values.push(narrowing.district)}`);
  if (where && 'area' in where) conditions.push(`m.area = $${values.push(where.area)}`);
  if (where && 'leaves' in where) conditions.push(`m.class = ANY ($${values.push(where.leaves)}::text[])`);
  return { values, conditions };
}

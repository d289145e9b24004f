/** What entries say of rows, gathered by the rows' names. */
import type { Difference } from '../../accountability/index.js';
import { unlikeRows, type Facts } from '../../kernel/index.js';

interface Said {
  readonly facts: Facts;
  readonly since: { readonly stream: string; readonly seq: number };
}

export type Gathered = Map<string, Said>;

type Place = Pick<Said['since'], 'stream' | 'seq'>;

/** A later entry adds to what an earlier one said. */
export function say(rows: Gathered, name: string, facts: Facts, { stream, seq }: Place): void {
  rows.set(name, { facts: { ...rows.get(name)?.facts, ...facts }, since: { stream, seq } });
}

export function differencesOf(
  table: string,
  is: readonly { readonly name: string; readonly facts: Facts }[],
  should: Gathered,
): readonly Difference[] {
  const now = new Map(is.map(({ name, facts }) => [name, facts]));
  const recorded = new Map([...should].map(([name, { facts }]) => [name, facts]));
  return unlikeRows(now, recorded).map(([row, detail]) => {
    const since = should.get(row)?.since;
    return { table, row, detail, ...(since ? { since } : {}) };
  });
}

/** Of rows of cases: by stream. The row's name follows the case's number. */
export function differencesIn(
  table: string,
  is: readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[],
  ended: ReadonlyMap<string, Gathered>,
): readonly Difference[] {
  const rows = new Map<string, { readonly name: string; readonly facts: Facts }[]>();
  for (const { stream, ...row } of is) rows.set(stream, [...(rows.get(stream) ?? []), row]);
  return [...ended].flatMap(([stream, should]) =>
    differencesOf(table, rows.get(stream) ?? [], should).map((one) => ({
      ...one,
      row: one.row === stream ? stream : `${stream} ${one.row}`,
    })),
  );
}

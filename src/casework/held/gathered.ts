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

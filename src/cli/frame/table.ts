import Table from 'cli-table3';

type Cell = string | number;

/** A plain table without colours. */
export function tableOf(
  head: readonly string[],
  rows: Iterable<readonly Cell[]>,
  options: Table.TableConstructorOptions = {},
): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] }, ...options });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

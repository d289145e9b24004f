/** Concurrent users over HTTP, each repeating its request at once. */
import autocannon from 'autocannon';
import { rounded } from './table.js';

export const pageColumns = ['question', 'ms, p50', 'p99', 'answers/s', 'other than 2xx'];

/** @returns one row per page, after a second of warm-up */
export async function measurePages(
  address: string,
  pages: readonly (readonly [name: string, path: string])[],
  how: {
    readonly headers: Readonly<Record<string, string>>;
    readonly users: number;
    readonly seconds: number;
  },
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [name, path] of pages) {
    const ask = (duration: number) =>
      autocannon({ url: `${address}${path}`, connections: how.users, duration, headers: how.headers });
    await ask(1);
    const { latency, requests, non2xx, errors } = await ask(how.seconds);
    rows.push([
      name,
      ...[latency.p50, latency.p99, requests.average, non2xx + errors].map((one) => rounded(one)),
    ]);
  }
  return rows;
}

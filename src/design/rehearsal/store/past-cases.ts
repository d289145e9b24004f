/** The latest real cases with people's acts, read in small batches. */
import type { Entry, Unread } from '../../../accountability/events/index.js';
import type { Trail } from '../../../accountability/index.js';
import type { Database } from '../../../platform/database/index.js';
import { actsOf } from '../acts.js';
import type { PastCase } from '../replay-past-case.js';

const batch = 50;
const lastNumber = 2_147_483_647;

/** Newest first; a case that still runs is replayed until `now`. */
export async function* pastCases(
  deps: { readonly database: Database; readonly trail: Trail },
  most: number,
  now: Date,
): AsyncGenerator<PastCase> {
  const cases = await deps.database.transaction((transaction) =>
    transaction.query<{ business_key: string; ended_at: Date | null }>(
      `SELECT business_key, ended_at FROM case_overview WHERE realm = 'live' ORDER BY id DESC LIMIT $1`,
      [most],
    ),
  );
  for (let from = 0; from < cases.length; from += batch) {
    const some = cases.slice(from, from + batch);
    const entries = await deps.database.transaction((transaction) =>
      deps.trail.between(
        transaction,
        some.map(({ business_key }) => [business_key, 1, lastNumber] as const),
      ),
    );
    const trails = new Map<string, (Entry | Unread)[]>();
    for (const entry of entries) trails.set(entry.stream, [...(trails.get(entry.stream) ?? []), entry]);
    for (const { business_key, ended_at } of some) {
      const acts = actsOf(trails.get(business_key) ?? []);
      if (acts.length > 0) yield { no: business_key, acts, until: ended_at ?? now };
    }
  }
}

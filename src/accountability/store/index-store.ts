/** Indexes placed entries for searching, outside the business transactions. */
import type { Database, Transaction } from '../../platform/database/index.js';
import { readEntry, type EntryRow } from '../events/read-entry.js';
import { termsOf } from '../search/terms.js';

const batch = 5000;

/**
 * Indexes entries that have a place and are not indexed yet, five thousand per transaction.
 *
 * @returns entries indexed; 0 also if another program is at work
 */
export async function indexTrail(database: Database): Promise<number> {
  let added = 0;
  for (;;) {
    const some = await database.transaction(indexSome);
    added += some;
    if (some < batch) return added;
  }
}

async function indexSome(transaction: Transaction): Promise<number> {
  // One program indexes at a time; others skip the round.
  const [lock] = await transaction.query<{ mine: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.trail_search', 0)) AS mine",
  );
  if (lock?.mine !== true) return 0;
  const rows = await transaction.query<EntryRow & { readonly index: number; readonly isCase: boolean }>(
    `SELECT l.index, e.stream, e.seq, e.type, e.at, e.leaf, e.body,
            EXISTS (SELECT FROM case_overview c WHERE c.business_key = e.stream) AS "isCase"
       FROM trail_leaf l JOIN trail_entry e USING (stream, seq)
      WHERE l.index > (SELECT coalesce(max(index), -1) FROM trail_search)
      ORDER BY l.index LIMIT ${batch}`,
  );
  if (rows.length === 0) return 0;
  // An altered entry is indexed only by its stream; later entries are not affected.
  const terms = rows.map((row) => termsOf(readEntry(row), row.isCase));
  const numbers = await numbersOf(
    transaction,
    terms.flatMap(({ what, who, units }) => [what, who, units]),
  );
  const numbered = (sets: readonly (readonly string[])[]) =>
    sets.map((set) => numbers.get(JSON.stringify(set)) ?? null);
  await transaction.query(
    `INSERT INTO trail_search (index, at, what, who, units)
     SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::int[], $4::int[], $5::int[])
     ON CONFLICT (index) DO NOTHING`,
    [
      rows.map(({ index }) => index),
      rows.map(({ at }) => at),
      numbered(terms.map(({ what }) => what)),
      numbered(terms.map(({ who }) => who)),
      numbered(terms.map(({ units }) => units)),
    ],
  );
  return rows.length;
}

/** Numbers of the term sets, keyed by their JSON. New sets are inserted; empty sets have no number. */
async function numbersOf(
  transaction: Transaction,
  sets: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, number>> {
  const asked = [...new Set(sets.filter((set) => set.length > 0).map((set) => JSON.stringify(set)))];
  await transaction.query(
    `INSERT INTO trail_terms (terms)
     SELECT terms FROM (${askedSql}) a WHERE NOT EXISTS (SELECT FROM trail_terms t WHERE t.terms = a.terms)`,
    [asked],
  );
  const rows = await transaction.query<{ json: string; id: number }>(
    `SELECT a.json, t.id FROM (${askedSql}) a JOIN trail_terms t ON t.terms = a.terms`,
    [asked],
  );
  return new Map(rows.map(({ json, id }) => [json, id]));
}

const askedSql =
  'SELECT json, ARRAY(SELECT json_array_elements_text(json::json)) AS terms FROM unnest($1::text[]) AS json';

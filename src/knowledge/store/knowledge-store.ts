import type { Transaction } from '../../persistence/index.js';
import type { KnowledgeEntry, KnowledgeVersion } from '../entry.js';

/** Columns of `e`: an entry or a version. */
const columns = 'e.version, e.unit, e.class, e.title, e.body, e.review_on::text AS "reviewOn", e.state';

/** Inserts an entry or its next version. Requires `lockEntry`. */
export async function writeEntry(
  transaction: Transaction,
  entry: Omit<KnowledgeEntry, 'id'> & { readonly id: number | undefined },
  act: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<number> {
  const { version, unit, class: kind, title, body, reviewOn, state } = entry;
  const values = [version, unit, kind, title, body, reviewOn, state];
  const [row] = await transaction.query<{ id: number }>(
    entry.id === undefined
      ? `INSERT INTO knowledge_entry (version, unit, class, title, body, review_on, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`
      : `UPDATE knowledge_entry SET version = $1, unit = $2, class = $3, title = $4, body = $5,
                review_on = $6, state = $7 WHERE id = $8 RETURNING id`,
    entry.id === undefined ? values : [...values, entry.id],
  );
  const id = row?.id ?? 0;
  await transaction.query(
    `INSERT INTO knowledge_version
       (version, unit, class, title, body, review_on, state, entry, written_at, written_by, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [...values, id, act.at, act.by, act.reason],
  );
  return id;
}

/** Serialises changes of an entry until the transaction ends. */
export async function lockEntry(transaction: Transaction, id: number): Promise<KnowledgeEntry | undefined> {
  const [row] = await transaction.query<KnowledgeEntry>(
    `SELECT e.id, ${columns} FROM knowledge_entry e WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row;
}

/** Newest first. */
export async function entryHistory(transaction: Transaction, id: number): Promise<KnowledgeVersion[]> {
  return transaction.query<KnowledgeVersion>(
    `SELECT e.entry AS id, ${columns}, written_at AS "writtenAt", written_by AS "writtenBy", reason
       FROM knowledge_version e WHERE entry = $1 ORDER BY version DESC`,
    [id],
  );
}

export interface KnowledgeFilter {
  readonly unit: string | undefined;
  readonly class: string | undefined;
  readonly state: KnowledgeEntry['state'];
  /** Only entries with a review date before this day, longest overdue first. */
  readonly overdueOn: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function listEntries(
  transaction: Transaction,
  filter: KnowledgeFilter,
): Promise<{ readonly total: number; readonly entries: readonly KnowledgeEntry[] }> {
  const where = `state = $1 AND ($2::text IS NULL OR unit = $2) AND ($3::text IS NULL OR class = $3)
    AND ($4::date IS NULL OR review_on < $4::date)`;
  const values = [filter.state, filter.unit ?? null, filter.class ?? null, filter.overdueOn ?? null];
  const [count] = await transaction.query<{ total: number }>(
    `SELECT count(*) AS total FROM knowledge_entry WHERE ${where}`,
    values,
  );
  const entries = await transaction.query<KnowledgeEntry>(
    `SELECT e.id, ${columns} FROM knowledge_entry e WHERE ${where}
      ORDER BY review_on, id LIMIT $5::int OFFSET $6::int`,
    [...values, filter.limit, filter.offset],
  );
  return { total: count?.total ?? 0, entries };
}

export interface FoundEntry extends KnowledgeEntry {
  /** 0 to 1; 0 if found by class only. */
  readonly similarity: number;
}

/** `word_similarity`: the share of the question found in an entry; low, since people use other words. */
const threshold = 0.12;

/**
 * Valid entries similar to the question, then those of the given classes.
 *
 * @param classes codes, best first
 */
export async function searchEntries(
  transaction: Transaction,
  question: string,
  classes: readonly string[],
  most: number,
): Promise<FoundEntry[]> {
  return transaction.query<FoundEntry>(
    `WITH alike AS (SELECT * FROM similar_knowledge($1, $2, $3)),
          same_kind AS (SELECT id, array_position($4::text[], class) AS place FROM knowledge_entry
                         WHERE state = 'valid' AND class = ANY($4::text[]) ORDER BY place, id LIMIT $3)
     SELECT e.id, ${columns},
            coalesce(s.similarity, 0) AS similarity
       FROM knowledge_entry e LEFT JOIN alike s USING (id) LEFT JOIN same_kind k USING (id)
      WHERE s.id IS NOT NULL OR k.id IS NOT NULL
      ORDER BY coalesce(s.similarity, 0) + CASE WHEN k.id IS NULL THEN 0 ELSE 0.3 / k.place END DESC, e.id LIMIT $3`,
    [question, threshold, most, [...classes]],
  );
}

import { column, LessThan, type Entity, type Transaction } from '../../../platform/database/index.js';
import type { KnowledgeEntry, KnowledgeVersion } from '../entry.js';

const content = {
  version: column.integer,
  ...column.each(column.text, 'unit', 'title', 'body', 'state'),
  class: column.nullable.text,
  reviewOn: column.day,
  forPublic: column.boolean,
};

export const entryEntity: Entity<KnowledgeEntry> = {
  name: 'knowledge_entry',
  columns: { id: column.id, ...content },
};

export const versionEntity: Entity<Omit<KnowledgeVersion, 'id'> & { readonly entry: number }> = {
  name: 'knowledge_version',
  columns: {
    ...content,
    ...column.each(column.key.integer, 'entry', 'version'),
    ...column.each(column.text, 'writtenBy', 'reason'),
    writtenAt: column.instant,
  },
};

/** Changes of an entry take turns until the transaction ends. */
export const lockEntry = (transaction: Transaction, id: number): Promise<KnowledgeEntry | null> =>
  transaction.repository(entryEntity).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });

/** Newest first. */
export async function entryHistory(transaction: Transaction, id: number): Promise<KnowledgeVersion[]> {
  const versions = await transaction
    .repository(versionEntity)
    .find({ where: { entry: id }, order: { version: 'DESC' } });
  return versions.map(({ entry, ...version }) => ({ ...version, id: entry }));
}

export interface KnowledgeFilter {
  readonly unit: string | undefined;
  readonly class: string | undefined;
  readonly state: KnowledgeEntry['state'];
  /** Set: only entries with a review date before this day, longest overdue first. */
  readonly overdueOn: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function listEntries(
  transaction: Transaction,
  filter: KnowledgeFilter,
): Promise<{ readonly total: number; readonly entries: readonly KnowledgeEntry[] }> {
  const { unit, class: code, state, overdueOn, limit, offset } = filter;
  const [entries, total] = await transaction.repository(entryEntity).findAndCount({
    where: {
      state,
      ...(unit === undefined ? {} : { unit }),
      ...(code === undefined ? {} : { class: code }),
      ...(overdueOn === undefined ? {} : { reviewOn: LessThan(overdueOn) }),
    },
    order: { reviewOn: 'ASC', id: 'ASC' },
    take: limit,
    skip: offset,
  });
  return { total, entries };
}

export interface FoundEntry extends KnowledgeEntry {
  /** Similarity from 0 to 1; 0 if found by class only. */
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
    `WITH alike AS (SELECT * FROM similar_knowledge($1, $2, $3, NULL)),
          same_kind AS (SELECT id, array_position($4::text[], class) AS place FROM knowledge_entry
                         WHERE state = 'valid' AND class = ANY($4::text[]) ORDER BY place, id LIMIT $3)
     SELECT e.id, e.version, e.unit, e.class, e.title, e.body, e.review_on AS "reviewOn",
            e.for_public AS "forPublic", e.state,
            coalesce(s.similarity, 0) AS similarity
       FROM knowledge_entry e LEFT JOIN alike s USING (id) LEFT JOIN same_kind k USING (id)
      WHERE s.id IS NOT NULL OR k.id IS NOT NULL
      ORDER BY coalesce(s.similarity, 0) + CASE WHEN k.id IS NULL THEN 0 ELSE 0.3 / k.place END DESC, e.id LIMIT $3`,
    [question, threshold, most, [...classes]],
  );
}

/** What the public sees of an entry: not its owner, review date, author or reason. */
export interface PublicAnswer {
  readonly title: string;
  readonly body: string;
  readonly writtenAt: Date;
}

/**
 * Valid public entries similar to the question.
 *
 * @param today `YYYY-MM-DD`; entries with an earlier review date are left out
 */
export const searchPublicEntries = (
  transaction: Transaction,
  question: string,
  today: string,
  most: number,
): Promise<PublicAnswer[]> =>
  transaction.query<PublicAnswer>(
    `SELECT e.title, e.body, v.written_at AS "writtenAt"
       FROM similar_knowledge($1, $2, $3, $4) s JOIN knowledge_entry e USING (id)
       JOIN knowledge_version v ON v.entry = e.id AND v.version = e.version
      ORDER BY s.similarity DESC, e.id`,
    [question, threshold, most, today],
  );

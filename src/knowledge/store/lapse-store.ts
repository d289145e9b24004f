/** Entries that let their review day pass (Art 34 ¶2), and the supervision that each opened, once. */
import type { Transaction } from '../../persistence/index.js';
import type { KnowledgeEntry } from '../entry.js';

/** Valid, past their review day on this day, and not supervised for it yet. @param today `YYYY-MM-DD` */
export const lapsedEntries = (
  transaction: Transaction,
  today: string,
): Promise<Pick<KnowledgeEntry, 'id' | 'reviewOn'>[]> =>
  transaction.query(
    `SELECT e.id, e.review_on::text AS "reviewOn" FROM hotline.knowledge_entry e
      WHERE e.state = 'valid' AND e.review_on < $1::date
        AND NOT EXISTS (SELECT FROM hotline.knowledge_lapse l WHERE l.entry = e.id AND l.review_on = e.review_on)
      ORDER BY e.review_on, e.id`,
    [today],
  );

/** @returns whether it is the first of this entry and day */
export async function addLapse(
  transaction: Transaction,
  lapse: {
    readonly entry: number;
    readonly reviewOn: string;
    readonly businessKey: string;
    readonly openedAt: Date;
  },
): Promise<boolean> {
  const { entry, reviewOn, businessKey, openedAt } = lapse;
  const added = await transaction.query(
    `INSERT INTO hotline.knowledge_lapse (entry, review_on, business_key, opened_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING entry`,
    [entry, reviewOn, businessKey, openedAt],
  );
  return added.length > 0;
}

/** The cases of an entry's supervisions that still go on. */
export async function openLapses(transaction: Transaction, entry: number): Promise<string[]> {
  const rows = await transaction.query<{ key: string }>(
    `SELECT l.business_key AS key FROM hotline.knowledge_lapse l
       JOIN hotline.process_case c ON c.business_key = l.business_key AND c.ended_at IS NULL
      WHERE l.entry = $1 ORDER BY l.review_on`,
    [entry],
  );
  return rows.map(({ key }) => key);
}

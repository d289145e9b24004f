/** Entries past their review date, with the supervision that each started. */
import type { Transaction } from '../../../platform/database/index.js';
import type { KnowledgeEntry } from '../entry.js';

export interface Lapse {
  readonly entry: number;
  /** `YYYY-MM-DD` */
  readonly reviewOn: string;
  /** The case of its supervision. */
  readonly businessKey: string;
  readonly openedAt: Date;
}

/** Business key of the supervision. */
export const lapseKey = (entry: number, reviewOn: string): string => `知识库-${entry}-${reviewOn}`;

export const isLapseKey = (key: string): boolean => /^知识库-\d{1,10}-\d{4}-\d\d-\d\d$/.test(key);

const columns = `l.entry, l.review_on::text AS "reviewOn", l.business_key AS "businessKey", l.opened_at AS "openedAt"`;

export async function readLapse(transaction: Transaction, key: string): Promise<Lapse | undefined> {
  const [lapse] = await transaction.query<Lapse>(
    `SELECT ${columns} FROM knowledge_lapse l WHERE l.business_key = $1`,
    [key],
  );
  return lapse;
}

/** Newest first. */
export const lapsesOf = (
  transaction: Transaction,
  entry: number,
): Promise<(Lapse & { readonly ended: boolean })[]> =>
  transaction.query(
    `SELECT ${columns}, c.ended_at IS NOT NULL AS ended FROM knowledge_lapse l
       JOIN case_overview c ON c.business_key = l.business_key
      WHERE l.entry = $1 ORDER BY l.review_on DESC`,
    [entry],
  );

/** Valid entries past their review date for which no supervision was started yet. @param today `YYYY-MM-DD` */
export const lapsedEntries = (
  transaction: Transaction,
  today: string,
): Promise<Pick<KnowledgeEntry, 'id' | 'reviewOn'>[]> =>
  transaction.query(
    `SELECT e.id, e.review_on::text AS "reviewOn" FROM knowledge_entry e
      WHERE e.state = 'valid' AND e.review_on < $1::date
        AND NOT EXISTS (SELECT FROM knowledge_lapse l WHERE l.entry = e.id AND l.review_on = e.review_on)
      ORDER BY e.review_on, e.id`,
    [today],
  );

/** Business keys of running supervisions. */
export async function openLapses(transaction: Transaction, entry: number): Promise<string[]> {
  const rows = await transaction.query<{ key: string }>(
    `SELECT l.business_key AS key FROM knowledge_lapse l
       JOIN case_overview c ON c.business_key = l.business_key AND c.ended_at IS NULL
      WHERE l.entry = $1 ORDER BY l.review_on`,
    [entry],
  );
  return rows.map(({ key }) => key);
}

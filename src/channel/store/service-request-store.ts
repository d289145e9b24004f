import { mayAccuse } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';

export const keepServiceRequest = (
  transaction: Transaction,
  { workOrder, source, at }: { readonly workOrder: string; readonly source: number; readonly at: Date },
): Promise<unknown> =>
  transaction.query('INSERT INTO service_request (work_order, source, received_at) VALUES ($1, $2, $3)', [
    workOrder,
    source,
    at,
  ]);

export interface ListedRequest {
  readonly no: string;
  readonly code: string | null;
  readonly requestedAt: Date;
  readonly updatedAt: Date;
  readonly limitAt: Date | null;
  readonly endedAt: Date | null;
  readonly unit: string | null;
  /** True if the requesting client sent it, so that it may see the rest of its own request. */
  readonly own: boolean;
  readonly content: string | null;
  readonly place: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

export interface RequestFilter {
  /** The requesting source; null without a key. */
  readonly source: number | null;
  /** If set, no other filter applies. */
  readonly numbers: readonly string[] | null;
  readonly codes: readonly string[] | null;
  readonly from: Date | null;
  readonly to: Date | null;
  /** Null means both open and closed. */
  readonly closed: boolean | null;
  readonly offset: number;
  readonly limit: number;
}

/**
 * Newest first. Clients other than the sender see a request without words and place, and do not see
 * it at all if its caller asked for confidentiality or may accuse somebody. Internal notes do not
 * change the visible time of update.
 */
export const listServiceRequests = (
  transaction: Transaction,
  { source, numbers, codes, from, to, closed, offset, limit }: RequestFilter,
  law: Law,
): Promise<ListedRequest[]> => {
  const accusing = law.kinds.flatMap(({ key }) => (mayAccuse(key, law) ? [key] : []));
  return transaction.query<ListedRequest>(
    `SELECT r.work_order AS no, g.code, r.received_at AS "requestedAt", nullif(c.limit_at, '-infinity') AS "limitAt", c.ended_at AS "endedAt",
            coalesce(c.ended_at, (SELECT e.at FROM recorded_entry e WHERE e.stream = r.work_order
                                     AND e.type NOT IN ('note.added', 'note.struck')
                                   ORDER BY e.seq DESC LIMIT 1), r.received_at) AS "updatedAt",
            c.lead_unit AS unit, r.source = $1 IS TRUE AS own,
            CASE WHEN r.source = $1 THEN w.content END AS content,
            CASE WHEN r.source = $1 THEN w.place END AS place,
            CASE WHEN r.source = $1 THEN w.longitude END AS longitude,
            CASE WHEN r.source = $1 THEN w.latitude END AS latitude
       FROM service_request r
       JOIN sheet_overview w ON w.no = r.work_order
       JOIN case_overview c ON c.business_key = r.work_order
       LEFT JOIN LATERAL (SELECT code FROM class_given WHERE work_order = r.work_order ORDER BY id DESC LIMIT 1) g ON true
      WHERE (r.source = $1 OR NOT w.confidential AND NOT w.kind = ANY ($9))
        AND ($2::text[] IS NULL OR r.work_order = ANY ($2))
        AND ($3::text[] IS NULL OR g.code = ANY ($3))
        AND ($4::timestamptz IS NULL OR r.received_at >= $4)
        AND ($5::timestamptz IS NULL OR r.received_at <= $5)
        AND ($6::boolean IS NULL OR (c.ended_at IS NOT NULL) = $6)
      ORDER BY r.received_at DESC, r.work_order DESC OFFSET $7 LIMIT $8`,
    [source, numbers, codes, from, to, closed, offset, limit, accusing],
  );
};

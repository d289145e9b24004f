/** Duties whose clock something recommended limits. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Aim } from '../sources/aims.js';
import type { DutyState } from '../interpret.js';

export interface Standing {
  /** Number of the sheet. */
  readonly stream: string;
  readonly openedAt: Date;
  /** The unit that owes it. */
  readonly unit: string | null;
}

/** Keys of the channels that the aim is about; null for all. */
type Channels = readonly string[] | null;

const ofChannels = '($3::text[] IS NULL OR w.channel = ANY($3))';

/** Of each running case the earliest open one that began by then and whose holder was not reminded. */
export const openUnreminded = (
  transaction: Transaction,
  { key, norms }: Aim,
  channels: Channels,
  begunBy: Date,
): Promise<Standing[]> =>
  transaction.query(
    `SELECT DISTINCT ON (d.stream) d.stream, d.opened_at AS "openedAt", d.unit
       FROM case_duty d JOIN sheet_overview w ON w.no = d.stream
      WHERE d.realm = 'live' AND d.state = 'open' AND d.norm = ANY($1::text[]) AND d.opened_at <= $2 AND ${ofChannels}
        AND NOT EXISTS (SELECT FROM recorded_entry e WHERE e.stream = d.stream AND e.type = 'aim.reminded'
                         AND position(convert_to($4, 'UTF8') IN e.body) > 0)
      ORDER BY d.stream, d.opened_at`,
    // As in the canonical JSON of the entry; a damaged one only reminds again.
    [[...norms], begunBy, channels && [...channels], `"aim":${JSON.stringify(key)}`],
  );

export interface Measured {
  readonly stream: string;
  readonly state: DutyState;
  readonly openedAt: Date;
  /** Of the last entry behind its state. */
  readonly lastAt: Date | null;
}

/** The duties of the cases received since then. */
export const measuredSince = (
  transaction: Transaction,
  { norms }: Aim,
  channels: Channels,
  since: Date,
): Promise<Measured[]> =>
  transaction.query(
    `SELECT d.stream, d.state, d.opened_at AS "openedAt", e.at AS "lastAt"
       FROM sheet_overview w JOIN case_duty d ON d.stream = w.no
       LEFT JOIN recorded_entry e ON e.stream = d.stream AND e.seq = d.entries[cardinality(d.entries)]
      WHERE w.realm = 'live' AND w.received_at >= $2 AND d.norm = ANY($1::text[]) AND ${ofChannels}`,
    [[...norms], since, channels && [...channels]],
  );
